using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PatientPortal.Kernel.Access;
using PatientPortal.Kernel.Auditing;
using PatientPortal.Kernel.Requests;

namespace PatientPortal.Kernel.Web;

/// <summary>
/// Stands after authentication and authorization: opens the patient's record that the route or the page's prefix names, through the
/// actor's grant. "Not yours" and "not there" leave here as the same 404.
/// </summary>
public sealed class RequestDoor(RequestDelegate next)
{
    const string WasSupport = "was-support";
    const string PatientItem = "patient-prefix", GrantItem = "grant-prefix", SupportItem = "support-prefix", SupportPrefix = "/support/";

    static readonly (string Prefix, string Item)[] Prefixes = [("/for/", PatientItem), ("/as/", GrantItem), (SupportPrefix, SupportItem)];

    static readonly Refusal LookingOn = Outcome.Forbidden("read_only", "While you look at a patient's pages, nothing can be changed. End the support view first.");
    static readonly Refusal NotTheirs = Outcome.Forbidden("support_view", "While you look at a patient's pages, account pages stay shut. End the support view first.");

    /// <summary>
    /// Before routing: <c>/for/{id}/visits</c> is the page <c>/visits</c>, of somebody one cares for; <c>/as/{grant}/visits</c> is one's own, as the holder
    /// of that grant sees it; <c>/support/{id}/visits</c> is a patient's, for staff who look on.
    /// </summary>
    public static Task TakePrefix(HttpContext http, RequestDelegate next)
    {
        var path = http.Request.Path.Value;
        foreach (var (prefix, item) in Prefixes)
        {
            var whole = prefix.Length + 36;
            if (path is null || !path.StartsWith(prefix, StringComparison.Ordinal) || path.Length < whole
                || !Guid.TryParseExact(path.AsSpan(prefix.Length, 36), "D", out var id) || (path.Length > whole && path[whole] is not '/')) continue;
            http.Items[item] = id;
            http.Request.PathBase = http.Request.PathBase.Add(path[..whole]);
            http.Request.Path = path.Length == whole ? "/" : path[whole..];
            break;
        }
        return next(http);
    }

    /// <summary>Whether the page that could not be shown was one of a support view.</summary>
    public static bool WasSupportView(HttpContext http) => http.Items.TryGetValue(WasSupport, out var was) && was is true;

    /// <summary>Forgets whose page was asked for: the problem page that is shown instead is nobody's.</summary>
    public static void DropPrefix(HttpContext http)
    {
        foreach (var (prefix, item) in Prefixes)
            if (http.Items.Remove(item))
            {
                http.Request.PathBase = http.Request.PathBase.Value![..^(prefix.Length + 36)];
                http.Items[WasSupport] = item == SupportItem;
            }
    }

    /// <summary>
    /// After routing: an API request that no route takes, or not with that method or content, is told so at once, signed in or not. What stands
    /// there instead of a route is routing's own answer: 405 with <c>Allow</c>, or 415.
    /// </summary>
    public static Task TurnAway(HttpContext http, RequestDelegate next)
    {
        var endpoint = http.GetEndpoint();
        if (!IsApi(http) || endpoint?.Metadata.GetMetadata<IAudience>() is not null) return next(http);
        return endpoint?.RequestDelegate is { } refuse ? refuse(http) : Http.WriteProblem(http, Outcome.NotFound);
    }

    /// <summary>
    /// A zero character in an address is refused before anything reads it, as <see cref="TextWithoutZeros"/> refuses it in a body: no keyboard enters
    /// one, and PostgreSQL takes none in a text.
    /// </summary>
    public static Task RefuseZeros(HttpContext http, RequestDelegate next)
    {
        if (http.Request.QueryString.Value?.Contains("%00", StringComparison.Ordinal) is not true && http.Request.Path.Value?.Contains('\0') is not true) return next(http);
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }

    /// <summary>
    /// After the forged posts are out: a form's hidden <c>_key</c> becomes the request's Idempotency-Key, together with what was entered. A second
    /// click is the same request; somebody who goes back and writes something else makes a new one.
    /// </summary>
    public static async Task TakeKey(HttpContext http, RequestDelegate next)
    {
        if (http.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: true } && http.Request.HasFormContentType
            && await http.Request.ReadFormAsync(http.RequestAborted) is var form)
        {
            if (form.Any(f => f.Value.Any(v => v?.Contains('\0') is true)))
            {
                http.Response.StatusCode = StatusCodes.Status400BadRequest;
                return;
            }
            if (form["_key"].ToString() is { Length: 32 } key && key.All(char.IsAsciiHexDigit))
            {
                var entered = form.Where(f => f.Key is not "__RequestVerificationToken").OrderBy(f => f.Key, StringComparer.Ordinal)
                    .SelectMany(f => f.Value.Prepend(f.Key)).Concat(form.Files.SelectMany(f => new[] { f.Name, f.FileName, f.Length.ToString(CultureInfo.InvariantCulture) }));
                var print = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(entered.Prepend(http.Request.Path.Value)));
                http.RequestServices.GetRequiredService<RequestScope>().IdempotencyKey = "form " + Convert.ToHexString(print);
            }
        }
        await next(http);
    }

    public async Task InvokeAsync(HttpContext http, RequestScope scope, IPatientDoor door, AuditTrail trail, TimeProvider clock)
    {
        scope.TraceId = Http.TraceOf(http);
        scope.Address = http.Connection.RemoteIpAddress?.ToString();
        if (http.GetEndpoint() is not { } endpoint)
        {
            await next(http);
            return;
        }
        scope.Trail = [];
        http.Response.OnStarting(static state => Task.WhenAll(((RequestScope)state).Trail!), scope);

        if (HttpMethods.IsPost(http.Request.Method) && http.Request.Headers.TryGetValue("Idempotency-Key", out var keys))
        {
            var key = keys.ToString();
            if (key.Length is 0 or > 255 || key.Any(c => c is < '!' or > '~'))
            {
                await Http.WriteProblem(http, Outcome.Invalid("Idempotency-Key", "1 to 255 printable ASCII characters, no blanks."));
                return;
            }
            scope.IdempotencyKey = key;
        }

        scope.Door = http.Request.Path.StartsWithSegments("/fhir") ? "fhir" : IsApi(http) ? "api" : "page";
        scope.Named = http.Request.RouteValues.Where(v => v.Key is not "patient").Select(v => v.Value?.ToString())
            .FirstOrDefault(v => Guid.TryParseExact(v, "D", out _));
        scope.Query = QueryOf(http);

        var audience = endpoint.Metadata.GetMetadata<IAudience>()?.Audience;
        var named = http.GetRouteValue("patient")?.ToString();
        var prefixed = http.Items.TryGetValue(PatientItem, out var p) || http.Items.TryGetValue(SupportItem, out p) ? (Guid?)p : null;
        var previewed = http.Items.TryGetValue(GrantItem, out var g) ? (Guid?)g : null;
        // A preview is for looking: what changes something has no address there. Staff know a patient's pages through a support view only, nobody else has one.
        if ((prefixed ?? previewed) is not null && audience is not Audience.Patients
            || previewed is not null && !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method)
            || http.Items.ContainsKey(SupportItem) != (scope.Actor.Kind is ActorKind.Staff) && audience is Audience.Patients && !IsApi(http))
        {
            await NotFound(http);
            return;
        }
        if (scope.Support is not null && endpoint.Metadata.GetMetadata<EndsSupportViewAttribute>() is null)
        {
            scope.IsReadOnly = true;
            var looks = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
            if (!looks || audience is Audience.Members)
            {
                await Refuse(http, looks ? NotTheirs : LookingOn);
                return;
            }
        }
        if (named is not null || audience is Audience.Patients)
        {
            Guid? patient = named switch
            {
                null => prefixed ?? scope.Actor.OwnPatientId,
                "me" => scope.Actor.OwnPatientId,
                _ when Guid.TryParseExact(named, "D", out var id) => id,
                _ => null,
            };
            scope.Patient = patient is not { } asked ? null
                : previewed is not { } grant ? await door.Open(scope.Actor, asked, http.RequestAborted)
                : asked == scope.Actor.OwnPatientId ? await door.OpenAs(scope.Actor, grant, http.RequestAborted) : null;
            if (audience is Audience.Patients && scope is { Actor.Kind: ActorKind.Staff, Patient: { } looked })
            {
                // A patient's doors know staff only as somebody who looks on, at this one patient.
                scope.Patient = scope.Support?.PatientId == looked.Id ? looked with { Relation = "support", PathPrefix = SupportPrefix + looked.Id } : null;
                scope.Purpose = $"support: {scope.Support?.Reason}";
            }
            if (scope.Patient is null)
            {
                // Somebody without a chart of their own starts with the first person they care for.
                if (named is null && prefixed is null && previewed is null && HttpMethods.IsGet(http.Request.Method)
                    && (await door.ProfilesOf(scope.Actor, http.RequestAborted)).FirstOrDefault() is { } first)
                {
                    http.Response.Redirect(first.PathPrefix + http.Request.Path);
                    return;
                }
                if (patient is { } gone && audience is Audience.Staff && await door.JoinedInto(scope.Actor, gone, http.RequestAborted) is { } into)
                {
                    await GoTo(into, gone, http);
                    return;
                }
                await NotFound(http);
                return;
            }
        }
        if (scope.Patient?.Protection is { } protection)
        {
            if (protection.IsOpen) scope.Purpose ??= $"break-glass: {protection.Reason}";
            else if (endpoint.Metadata.GetMetadata<StandsBeforeChartAttribute>() is null)
            {
                await trail.Write(AuditDraft.Of(Tried, scope) with { Outcome = protection.Refusal.Code }, http.RequestAborted);
                if (IsApi(http)) await Http.WriteProblem(http, protection.Refusal);
                else http.Response.Redirect($"/staff/patients/{scope.Patient.Id}/break-glass");
                return;
            }
        }
        if (endpoint.Metadata.GetMetadata<StepUpAttribute>() is not null && HttpMethods.IsGet(http.Request.Method) && !StepUp.IsFresh(scope.Actor, clock.GetUtcNow()))
        {
            http.Response.Redirect($"{StepUp.Page}?returnTo={Uri.EscapeDataString(http.Request.PathBase + http.Request.Path + http.Request.QueryString)}");
            return;
        }
        await next(http);
    }

    /// <summary>What a list was asked for; not how much of it. What is absurdly long is cut: it found nothing.</summary>
    static string? QueryOf(HttpContext http)
    {
        if (!http.Request.QueryString.HasValue) return null;
        var asked = string.Join('&', http.Request.Query.Where(q => q.Key is not ("limit" or "cursor" or "returnTo") && !string.IsNullOrEmpty(q.Value)).Select(q => $"{q.Key}={q.Value}"));
        return asked.Length is 0 ? null : asked.Length <= 500 ? asked : asked[..500];
    }

    static readonly DoesAttribute Tried = new(Act.Read, "chart", "Tried to open this protected record");

    static Task Refuse(HttpContext http, Refusal refusal)
    {
        if (IsApi(http)) return Http.WriteProblem(http, refusal);
        http.Response.StatusCode = (int)refusal.Verdict;
        return Task.CompletedTask;
    }

    /// <summary>The chart was joined into another: a page leads there, a program is told where.</summary>
    static Task GoTo(Guid into, Guid gone, HttpContext http)
    {
        var path = http.Request.Path.Value!.Replace(gone.ToString(), into.ToString(), StringComparison.OrdinalIgnoreCase);
        if (IsApi(http)) return Http.WriteProblem(http, Outcome.NotFound with { Code = "chart_merged", Detail = "This chart was joined with another.", NextStep = $"Ask for {path}." });
        if (HttpMethods.IsGet(http.Request.Method)) http.Response.Redirect(http.Request.PathBase + path);
        else http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    static Task NotFound(HttpContext http)
    {
        if (IsApi(http)) return Http.WriteProblem(http, Outcome.NotFound);
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    public static bool IsApi(HttpContext http) => http.Request.Path.StartsWithSegments("/api") || http.Request.Path.StartsWithSegments("/fhir");
}
