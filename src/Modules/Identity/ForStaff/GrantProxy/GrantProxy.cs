using System.Text.Json.Serialization;
using PatientPortal.Identity.Contracts;
using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForStaff.GrantProxy;

/// <summary>
/// Staff let somebody act for a patient, on papers: at once when the person has an account, else by an invitation to their address. What the law gives needs
/// its document; for a deceased patient only a personal representative, while people are in conflict only a court's order.
/// </summary>
/// <param name="Username">Of the person's account; or null, and <paramref name="Name"/> and <paramref name="Email"/> say whom to invite.</param>
/// <param name="Document">A PDF, PNG or JPEG of at most 5 MB.</param>
[Does(Act.Create, "proxy", "Let somebody act for this patient, on papers", Needs = "proxies")]
sealed record GrantProxyRequest(
    string? Username, string? Name, string? Email, string? Relation, IReadOnlyList<string>? Scopes, LegalBasis? Basis, DateOnly? EndsOn, string? FileName, [property: JsonIgnore] byte[]? Document)
{
    /// <summary>Stands for the document where two requests are compared.</summary>
    public string? Sha256 => Document is null ? null : Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(Document));
}

/// <summary>The body of the route.</summary>
/// <param name="Document">Base64.</param>
sealed record GrantOnPapers(string? Username, string? Name, string? Email, string? Relation, IReadOnlyList<string>? Scopes, LegalBasis? Basis, DateOnly? EndsOn, string? FileName, byte[]? Document);

/// <param name="Invited">True when the person gets a mail first; else the access is open.</param>
sealed record GrantedProxy(Guid Id, bool Invited);

sealed class GrantProxyRules : AbstractValidator<GrantProxyRequest>
{
    public const int MostBytes = 5 << 20;

    public GrantProxyRules()
    {
        RuleFor(r => r.Username).MaximumLength(256);
        RuleFor(r => r.Name).NotEmpty().WithMessage("Enter the person's name.").MaximumLength(200).When(r => string.IsNullOrWhiteSpace(r.Username));
        RuleFor(r => r.Email).Must(MailAddress.IsWellFormed).WithMessage("An e-mail address looks like name@example.org.").MaximumLength(254).When(r => string.IsNullOrWhiteSpace(r.Username));
        RuleFor(r => r.Relation).Must(r => ProxyPolicy.Relations.Contains(r)).WithMessage("Choose who the person is to the patient.");
        RuleFor(r => r.Scopes).Must(s => ProxyPolicy.Written(s) is not null).WithMessage("Choose what the person may see and do.");
        RuleFor(r => r.Basis).Must(b => b is not null && Enum.IsDefined(b.Value)).WithMessage("Choose on what it rests.");
        RuleFor(r => r.Document).NotEmpty().WithMessage("File the document that it rests on.").When(r => r.Basis is not null and not LegalBasis.PatientsWish);
        RuleFor(r => r.Document).Must(d => d!.Length <= MostBytes).WithMessage("Use at most 5 MB.").When(r => r.Document is not null);
        RuleFor(r => r.Document).Must(d => GrantDocument.TypeOf(d) is not null).WithMessage("Use a PDF, PNG or JPEG file.").When(r => r.Document is { Length: > 0 });
        RuleFor(r => r.FileName).MaximumLength(255);
    }
}

sealed class GrantProxyHandler(IdentityDb db, CurrentPatient patient, CurrentStaff staff, Grants grants, TimeProvider clock) : IHandle<GrantProxyRequest, GrantedProxy>
{
    public async Task<Outcome<GrantedProxy>> Handle(GrantProxyRequest ask, CancellationToken ct)
    {
        var (now, basis) = (clock.GetUtcNow(), ask.Basis!.Value);
        var chart = await db.Patients.SingleAsync(p => p.Id == patient.Id, ct);
        if (WhyNot(chart, basis, now) is { } why) return why;
        if (ask.EndsOn <= Zones.Date(now, chart.TimeZone)) return Outcome.Invalid("endsOn", "Choose a day after today, or leave it empty.");
        DateTimeOffset? ends = ask.EndsOn is { } last ? Zones.EndOfDay(last, chart.TimeZone) : null;

        GrantDocument? document = null;
        if (ask.Document is { Length: > 0 } content)
            db.Add(document = new GrantDocument
            {
                Id = Ids.New(clock), PatientId = chart.Id, Basis = basis, FileName = Path.GetFileName(ask.FileName) is { Length: > 0 } name ? name : "document", ContentType = GrantDocument.TypeOf(content)!,
                Content = content, FiledBy = staff.Id, FiledAt = now,
            });
        if (string.IsNullOrWhiteSpace(ask.Username)) return await Invite(ask, chart, document, ends, ct);

        var key = LoginName.Key(ask.Username);
        var account = await db.Accounts.SingleOrDefaultAsync(a => a.UserNameKey == key && a.Kind == AccountKind.Patient && a.DisabledAt == null, ct);
        if (account is null) return Outcome.Invalid("username", "Nobody signs in with this name. Leave it empty, and invite the person by e-mail.");
        if (account.PatientId == chart.Id) return Outcome.Invalid("username", "This is the patient's own account.");
        var grant = new Grant
        {
            Id = Ids.New(clock), PatientId = chart.Id, AccountId = account.Id, Relation = ask.Relation!, Scopes = ProxyPolicy.Written(ask.Scopes)!, Basis = basis,
            DocumentId = document?.Id, GrantedBy = staff.Id, StartsAt = now, EndsAt = ends,
        };
        await grants.Give(grant, chart, account, ct);
        var granted = new GrantedProxy(grant.Id, false);
        // The unique index knows of a grant that was given a moment ago.
        return await db.TrySave(granted, ct) is Saved.Done ? granted : Outcome.Conflict("has_access", "This person may act for the patient already. End that access first.");
    }

    async Task<Outcome<GrantedProxy>> Invite(GrantProxyRequest ask, Patient chart, GrantDocument? document, DateTimeOffset? ends, CancellationToken ct)
    {
        var (token, now) = (Secret.New(), clock.GetUtcNow());
        var invitation = new ProxyInvitation
        {
            Id = Ids.New(clock), PatientId = chart.Id, Name = ask.Name!.Trim(), Email = ask.Email!.Trim(), Relation = ask.Relation!, Scopes = ProxyPolicy.Written(ask.Scopes)!, Basis = ask.Basis!.Value,
            DocumentId = document?.Id, Language = chart.Language, EndsAt = ends, TokenHash = Secret.Hash(token), InvitedAt = now, InvitedBy = staff.Id, ExpiresAt = now + ProxyInvitation.Lasts,
        };
        db.Add(invitation);
        db.Announce(new ProxyInvited(invitation.Id, invitation.Email, invitation.Language, token, invitation.ExpiresAt), chart.Id);
        var granted = new GrantedProxy(invitation.Id, true);
        return await db.TrySave(granted, ct) is Saved.Done ? granted : Outcome.Conflict("try_again", "That did not work out. Please try again.");
    }

    static Refusal? WhyNot(Patient chart, LegalBasis basis, DateTimeOffset now)
    {
        if (chart.IsDeceased != basis is LegalBasis.PersonalRepresentative)
            return chart.IsDeceased ? Outcome.Refused("patient_deceased", "This patient has died.", "Only a personal representative gets access: choose that, and file the letters of administration.")
                : Outcome.Refused("patient_lives", "A personal representative acts for somebody who has died.", "Choose what it rests on while the patient lives.");
        if (chart.ConflictAt is not null && basis is not LegalBasis.CourtOrder)
            return Outcome.Refused("in_conflict", "Access to this chart is frozen: those who care for the patient are in conflict.", "Only a court's order gives access until the conflict is settled.");
        return basis is LegalBasis.ParentalResponsibility && Ages.On(chart.BirthDate, Zones.Date(now, chart.TimeZone)) >= 18
            ? Outcome.Refused("of_age", "This patient is of age.", "Ask the patient, or choose a guardianship or a power of attorney.") : null;
    }
}

sealed class GrantProxyApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/patients/{patient}/proxies", async (GrantOnPapers g, IHandle<GrantProxyRequest, GrantedProxy> grant, CancellationToken ct) =>
                (await grant.Handle(new(g.Username, g.Name, g.Email, g.Relation, g.Scopes, g.Basis, g.EndsOn, g.FileName, g.Document), ct)).ToHttp(r => Results.Json(r, statusCode: StatusCodes.Status201Created)))
           .WithName("GrantProxy").Produces<GrantedProxy>(201).ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422)
           // Base64 is a third longer than what it stands for.
           .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(2 * GrantProxyRules.MostBytes));
}
