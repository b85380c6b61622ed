using PatientPortal.Identity.Contracts;
using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForMembers.ReportPhone;

/// <summary>
/// A patient says their phone number is another now. The portal can't call it: it stays "reported" until staff have confirmed it, and the chart keeps the number
/// before. The owner is told, other sessions end; a newer report takes the place of one that waits.
/// </summary>
[Does(Act.Update, "phone number", "Reported a new phone number", StepUp = true)]
sealed record ReportPhoneRequest(string? Phone);

/// <param name="Reported">Waits for the clinic; null when nothing does.</param>
sealed record MyPhone(string? Phone, string? Reported);

sealed class ReportPhoneRules : AbstractValidator<ReportPhoneRequest>
{
    public ReportPhoneRules() => RuleFor(r => r.Phone)
        .Must(p => p is { Length: <= 40 } && p.Count(char.IsAsciiDigit) is >= 7 and <= 15 && p.All(c => char.IsAsciiDigit(c) || c is ' ' or '+' or '-' or '(' or ')' or '.' or '/'))
        .WithMessage("Enter a phone number with its area code, like +1 212 555 0100.");
}

sealed class ReportPhoneHandler(IdentityDb db, MinorsAccounts minors, SecondFactors factors, Sessions sessions, RequestScope scope, TimeProvider clock) : IHandle<ReportPhoneRequest, MyPhone>
{
    static readonly Refusal NoChart = Outcome.Refused("no_chart", "This account has no record of its own.", "The clinic keeps a phone number for its patients only.");

    public async Task<Outcome<MyPhone>> Handle(ReportPhoneRequest ask, CancellationToken ct)
    {
        if (scope.Actor.OwnPatientId is not { } own) return NoChart;
        var (me, phone) = (await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == scope.Actor.AccountId, ct), ask.Phone!.Trim());
        var patient = await db.Patients.AsNoTracking().SingleAsync(p => p.Id == own, ct);
        if (MinorsAccounts.Digits(patient.Phone) == MinorsAccounts.Digits(phone)) return Outcome.Invalid("phone", "That is your number already.");
        var guardians = await minors.IsGuardians(patient, null, phone, ct);

        var outcome = await db.OneByOne<Outcome<MyPhone>>(own, async () =>
        {
            var (now, place) = (clock.GetUtcNow(), ReportedContact.Open(own, "phone"));
            var day = now.AddDays(-1);
            if (await db.ReportedContacts.CountAsync(c => c.PatientId == own && c.By == ReportedBy.Patient && c.ReportedAt > day, ct) >= ReportedContact.MostADay)
                return Outcome.TooMany("You changed it several times today. Please try again tomorrow, or call the clinic.", TimeSpan.FromDays(1));
            if (await db.ReportedContacts.SingleOrDefaultAsync(c => c.OpenFor == place, ct) is { } before) (before.OpenFor, before.SetAsideAt) = (null, now);
            db.Add(new ReportedContact { Id = Ids.New(clock), PatientId = own, Kind = "phone", By = ReportedBy.Patient, Value = phone, ReportedAt = now, IsGuardians = guardians, OpenFor = place });
            factors.Announce(me, "phone_reported");
            var mine = new MyPhone(patient.Phone, phone);
            return await db.TrySave(mine, ct) is Saved.Done ? mine : Outcome.Stale();
        }, ct);
        if (outcome.IsOk) await db.InTransaction(() => sessions.EndOthers(me.Id, scope.Actor.SessionId, "phone_changed", ct), ct);
        return outcome;
    }
}

/// <summary>One's phone number as the clinic has it, and the one that was reported.</summary>
sealed record SeeMyPhoneRequest;

sealed class SeeMyPhoneHandler(IdentityDb db, RequestScope scope) : IHandle<SeeMyPhoneRequest, MyPhone>
{
    public async Task<Outcome<MyPhone>> Handle(SeeMyPhoneRequest ask, CancellationToken ct)
    {
        if (scope.Actor.OwnPatientId is not { } own) return new MyPhone(null, null);
        var place = ReportedContact.Open(own, "phone");
        var reported = await db.ReportedContacts.AsNoTracking().SingleOrDefaultAsync(c => c.OpenFor == place && c.By == ReportedBy.Patient, ct);
        return new MyPhone((await db.Patients.AsNoTracking().SingleAsync(p => p.Id == own, ct)).Phone, reported?.Value);
    }
}

sealed class ReportPhoneApi : IMemberApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/me/phone", async (IHandle<SeeMyPhoneRequest, MyPhone> see, CancellationToken ct) => (await see.Handle(new(), ct)).ToHttp()).WithName("SeeMyPhone").Produces<MyPhone>();
        api.MapPost("/me/phone", async (ReportPhoneRequest ask, IHandle<ReportPhoneRequest, MyPhone> report, CancellationToken ct) => (await report.Handle(ask, ct)).ToHttp(m => Results.Accepted(value: m)))
           .WithName("ReportPhone").Produces<MyPhone>(202).ProducesProblem(400).ProducesProblem(403).ProducesProblem(422).ProducesProblem(429);
    }
}
