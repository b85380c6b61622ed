using System.Globalization;
using PatientPortal.Pharmacy.Contracts;
using PatientPortal.Pharmacy.Data;
using PatientPortal.Pharmacy.Domain;

namespace PatientPortal.Pharmacy.ForStaff.DecideRefill;

enum RefillDecision { Review, Approve, Deny, Ready }

/// <summary>Staff take a request up, approve it, deny it with a reason and a next step, or say that it is ready; of two who decide at once, one wins and the other learns what was decided.</summary>
[Does(Act.Update, "refill request", "Decided on a refill request", Needs = "refills")]
sealed record DecideRefillRequest(Guid Refill, RefillDecision Decision, string? Reason, string? NextStep);

/// <summary>The body of a denial: both are shown to the patient as they are written.</summary>
sealed record DenialWords(string? Reason, string? NextStep);

sealed class DecideRefillRules : AbstractValidator<DecideRefillRequest>
{
    public DecideRefillRules() => When(r => r.Decision is RefillDecision.Deny, () =>
    {
        RuleFor(r => r.Reason).NotEmpty().WithMessage("Say why, in words for the patient.").MaximumLength(PharmacyLimits.NoteLength);
        RuleFor(r => r.NextStep).NotEmpty().WithMessage("Say what the patient should do next.").MaximumLength(PharmacyLimits.NoteLength);
    });
}

sealed class DecideRefillHandler(PharmacyDb db, CurrentStaff staff, RequestScope scope, TimeProvider clock) : IHandle<DecideRefillRequest, RefillEntry>
{
    public async Task<Outcome<RefillEntry>> Handle(DecideRefillRequest ask, CancellationToken ct)
    {
        if (await db.Refills.Include(r => r.Steps).FirstOrDefaultAsync(r => r.Id == ask.Refill, ct) is not { } refill) return Outcome.NotFound;
        scope.AboutPatient = refill.PatientId;
        var zone = await db.KnownPatients.Where(p => p.Id == refill.PatientId).Select(p => p.TimeZone).FirstOrDefaultAsync(ct) ?? "UTC";
        if (ask.Decision is RefillDecision.Approve && refill.IsWaiting && await NoLongerPossible(refill, zone, ct) is { } no) return no;
        if (!Apply(refill, ask, clock.GetUtcNow())) return AlreadyDecided(refill, zone);

        if (News(refill) is { } news) db.Announce(news, refill.PatientId);
        var names = await db.PharmacyNames([refill], ct);
        var entry = RefillEntry.Of(refill, refill.PharmacyId is { } p ? names.GetValueOrDefault(p) : null, zone);
        if (await db.TrySave(entry, ct) is Saved.Done) return entry;
        db.ChangeTracker.Clear();
        return AlreadyDecided(await db.Refills.AsNoTracking().Include(r => r.Steps).FirstAsync(r => r.Id == ask.Refill, ct), zone);
    }

    static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");

    bool Apply(Refill refill, DecideRefillRequest ask, DateTimeOffset now) => ask.Decision switch
    {
        RefillDecision.Review => refill.StartReview(staff.Name, now),
        RefillDecision.Approve => refill.Approve(staff.Name, now),
        RefillDecision.Deny => refill.Deny(ask.Reason!.Trim(), ask.NextStep!.Trim(), staff.Name, now),
        _ => refill.BecomeReady(staff.Name, now),
    };

    /// <summary>The gates again, against the list as it is now: a medication that was stopped in between is not approved.</summary>
    async Task<Refusal?> NoLongerPossible(Refill refill, string zone, CancellationToken ct)
    {
        const string Step = "Deny the request and tell the patient why, or correct the medication list first.";
        if (await db.CourseOf(refill.PatientId, refill.MedicationId, ct) is not { } course)
            return Outcome.Refused("medication_gone", "This medication is no longer on the patient's list.", Step);
        var offer = RefillGates.Decide(course, null, Zones.Date(clock.GetUtcNow(), zone));
        return offer.MayAsk ? null : Outcome.Refused(offer.Code, $"This can no longer be approved: {offer.Code.Replace('_', ' ')}.", Step);
    }

    static INotification? News(Refill refill) => refill.State switch
    {
        RefillState.Approved => new RefillApproved(refill.Id, refill.PatientId),
        RefillState.Denied => new RefillDenied(refill.Id, refill.PatientId),
        RefillState.Ready => new RefillReady(refill.Id, refill.PatientId),
        _ => null,
    };

    static Refusal AlreadyDecided(Refill refill, string zone) =>
        RefillEntry.Of(refill, null, zone) is { Steps: [.., var last] } entry
            ? Outcome.Conflict("already_decided", $"This request is {entry.Status.Replace('_', ' ')} since {Say.Moment(last.At, zone, English)}, through {last.By}.", new[] { entry })
            : Outcome.Stale();
}

/// <summary>The request with what a decision needs: the medication as it is now, and what the gates say of it today.</summary>
[Does(Act.Read, "refill request", "Looked at a refill request", Needs = "refills")]
sealed record RefillToDecideRequest(Guid Refill);

/// <param name="Mine">Whether the reader took it up.</param>
sealed record RefillToDecide(Guid Patient, string PatientName, DateOnly? BirthDate, string TimeZone, RefillEntry Refill, MedicationEntry? Medication, bool Mine, int Version);

sealed class RefillToDecideHandler(PharmacyDb db, CurrentStaff staff, RequestScope scope, TimeProvider clock) : IHandle<RefillToDecideRequest, RefillToDecide>
{
    public async Task<Outcome<RefillToDecide>> Handle(RefillToDecideRequest ask, CancellationToken ct)
    {
        if (await db.Refills.AsNoTracking().Include(r => r.Steps).FirstOrDefaultAsync(r => r.Id == ask.Refill, ct) is not { } refill) return Outcome.NotFound;
        scope.AboutPatient = refill.PatientId;
        var patient = await db.KnownPatients.AsNoTracking().FirstOrDefaultAsync(p => p.Id == refill.PatientId, ct);
        var zone = patient?.TimeZone ?? "UTC";
        var names = await db.PharmacyNames([refill], ct);
        var course = await db.CourseOf(refill.PatientId, refill.MedicationId, ct);
        var medication = course is null ? null : MedicationEntry.Of(course, RefillGates.Decide(course, null, Zones.Date(clock.GetUtcNow(), zone)));
        return new RefillToDecide(refill.PatientId, patient?.Name ?? "Unknown patient", patient?.BirthDate, zone,
            RefillEntry.Of(refill, refill.PharmacyId is { } p ? names.GetValueOrDefault(p) : null, zone), medication,
            refill.Steps.Any(s => s.State is RefillState.InReview && s.By == staff.Name), refill.Version);
    }
}

sealed class DecideRefillApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/refill-requests/{refill:guid}", async (Guid refill, IHandle<RefillToDecideRequest, RefillToDecide> read, CancellationToken ct) =>
                (await read.Handle(new(refill), ct)).ToHttp())
           .WithName("RefillToDecide").Produces<RefillToDecide>().ProducesProblem(404);
        Decide(api.MapPost("/refill-requests/{refill:guid}/review", (Guid refill, IHandle<DecideRefillRequest, RefillEntry> decide, CancellationToken ct) => Run(decide, new(refill, RefillDecision.Review, null, null), ct)), "ReviewRefill");
        Decide(api.MapPost("/refill-requests/{refill:guid}/approve", (Guid refill, IHandle<DecideRefillRequest, RefillEntry> decide, CancellationToken ct) => Run(decide, new(refill, RefillDecision.Approve, null, null), ct)), "ApproveRefill");
        Decide(api.MapPost("/refill-requests/{refill:guid}/deny", (Guid refill, DenialWords? words, IHandle<DecideRefillRequest, RefillEntry> decide, CancellationToken ct) => Run(decide, new(refill, RefillDecision.Deny, words?.Reason, words?.NextStep), ct)), "DenyRefill");
        Decide(api.MapPost("/refill-requests/{refill:guid}/ready", (Guid refill, IHandle<DecideRefillRequest, RefillEntry> decide, CancellationToken ct) => Run(decide, new(refill, RefillDecision.Ready, null, null), ct)), "RefillIsReady");
    }

    static async Task<IResult> Run(IHandle<DecideRefillRequest, RefillEntry> decide, DecideRefillRequest ask, CancellationToken ct) => (await decide.Handle(ask, ct)).ToHttp();

    static void Decide(RouteHandlerBuilder route, string name) =>
        route.WithName(name).Produces<RefillEntry>().ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
}
