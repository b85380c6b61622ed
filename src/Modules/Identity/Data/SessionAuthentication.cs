using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Data;

/// <summary>
/// Knows who asks: an opaque token from <c>Authorization: Bearer</c> or the pages' cookie, found by its hash in one query that also reads the
/// account and its chart or role (and the language that they read), so that an end or a disabled account holds from the next request on.
/// </summary>
sealed class SessionAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory log, UrlEncoder encoder,
    PortalDatabase database, SeenSessions seen, SessionCookie cookie, RequestScope scope, Vault vault, TimeProvider clock)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, log, encoder)
{
    public const string SchemeName = "session";
    const string Bearer = "Bearer ";

    static readonly Refusal NotSignedIn = Outcome.Unauthorized("not_signed_in", "Please sign in.");
    static readonly Refusal BearerRequired = Outcome.Unauthorized("bearer_required", "Changes through the API need an access token in the Authorization header; the pages' cookie is not enough.");
    static readonly Refusal WrongAudience = Outcome.Forbidden("wrong_audience", "This is not for your kind of account.");

    const string Query = """
        SELECT s.id, s.door, s.seen_at, s.expires_at, s.token_expires_at, s.ended_at,
               a.id, a.kind, a.name, a.patient_id, a.disabled_at, m.role, a.language, s.proven_at, v.patient_id, v.ends_at, v.reason, r.due_at
        FROM identity_sessions s JOIN identity_accounts a ON a.id = s.account_id LEFT JOIN identity_staff_members m ON m.id = a.id
        LEFT JOIN identity_support_visits v ON v.session_id = s.id AND v.ended_at IS NULL AND v.ends_at > @now
        LEFT JOIN identity_recovery_cases r ON r.open_for = a.id AND r.expires_at > @now
        WHERE s.token_hash = @hash
        """;

    Refusal why = NotSignedIn;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        string? token;
        if (Request.Headers.Authorization.ToString() is { Length: > 0 } header)
        {
            if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)) return AuthenticateResult.NoResult();
            token = header[Bearer.Length..].Trim();
        }
        else
        {
            token = cookie.Read(Request);
            // A cookie travels with requests that another site makes: for the API it opens reading only.
            if (token is not null && RequestDoor.IsApi(Context) && !HttpMethods.IsGet(Request.Method) && !HttpMethods.IsHead(Request.Method))
            {
                why = BearerRequired;
                return AuthenticateResult.Fail(BearerRequired.Code);
            }
        }
        // 43 characters are 256 bits in base64url; anything longer is not ours and not worth a hash.
        if (token is not { Length: > 0 and <= 128 }) return AuthenticateResult.NoResult();

        await using var connection = await database.Open(Context.RequestAborted);
        await using var command = connection.Command(Query, ("hash", Secret.Hash(token)), ("now", Instants.Write(clock.GetUtcNow())));
        await using var row = await command.ExecuteReaderAsync(Context.RequestAborted);
        if (!await row.ReadAsync(Context.RequestAborted)) return AuthenticateResult.Fail("unknown");

        var now = clock.GetUtcNow();
        var session = row.GetGuid(0);
        var isStaff = row.GetString(7) is nameof(AccountKind.Staff);
        var seenAt = Instants.Read(row.GetInt64(2));
        var last = seen.LastOf(session, seenAt);
        var idle = Session.IdleLimit(isStaff ? AccountKind.Staff : AccountKind.Patient);
        if (!row.IsDBNull(5) || !row.IsDBNull(10) || Instants.Read(row.GetInt64(3)) <= now || Instants.Read(row.GetInt64(4)) <= now || now - last >= idle)
            return AuthenticateResult.Fail("over");

        Actor actor;
        if (isStaff)
        {
            // An account without a staff row, or with a role this portal doesn't know, may nothing.
            if (row.IsDBNull(11) || !Roles.TryRead(row.GetString(11), out var role)) return AuthenticateResult.Fail("no role");
            actor = new(ActorKind.Staff, row.GetGuid(6), row.GetString(8), Roles.TitleOf(role), session, Roles.PermissionsOf(role), null);
        }
        else
        {
            actor = new(ActorKind.Patient, row.GetGuid(6), row.GetString(8), "Patient", session, Actor.Nobody.Permissions, row.IsDBNull(9) ? null : row.GetGuid(9));
        }
        seen.Note(session, now, seenAt);
        scope.Actor = actor with { ProvenAt = row.IsDBNull(13) ? null : Instants.Read(row.GetInt64(13)), Stay = new(idle, Instants.Read(row.GetInt64(3))) };
        scope.RecoveryAt = row.IsDBNull(17) ? null : Instants.Read(row.GetInt64(17));
        // A role that lost the permission meanwhile looks on no longer.
        if (!row.IsDBNull(14) && actor.Permissions.Contains("support"))
            scope.Support = new(row.GetGuid(14), Instants.Read(row.GetInt64(15)), vault.OpenText((byte[])row.GetValue(16), "identity_support_visits.reason"));
        var identity = new ClaimsIdentity(
            [.. scope.Support is null ? Array.Empty<Claim>() : [new("kind", "support")], new("kind", isStaff ? "staff" : "patient"), new(ClaimTypes.NameIdentifier, actor.AccountId.ToString()), new("language", row.GetString(12))], SchemeName);
        return AuthenticateResult.Success(new(new ClaimsPrincipal(identity), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (RequestDoor.IsApi(Context))
        {
            Response.Headers.WWWAuthenticate = "Bearer";
            return Kernel.Web.Http.WriteProblem(Context, why);
        }
        var back = HttpMethods.IsGet(Request.Method) ? Request.PathBase + Request.Path + Request.QueryString : "/";
        Response.Redirect("/sign-in?returnTo=" + Uri.EscapeDataString(back));
        return Task.CompletedTask;
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        if (RequestDoor.IsApi(Context)) return Kernel.Web.Http.WriteProblem(Context, WrongAudience);
        Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
