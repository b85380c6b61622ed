using PatientPortal.Pharmacy.Contracts;
using PatientPortal.Pharmacy.Data;
using PatientPortal.Pharmacy.Domain;

namespace PatientPortal.Pharmacy.ForPatients.RequestRefill;

/// <summary>A patient or proxy asks for more of a medication; one request may be open for each, and of two that come at once the database keeps the first.</summary>
/// <param name="Pharmacy">Where to send it; the one used last when it is not said.</param>
[Does(Act.Create, "refill request", "Asked for a refill", Needs = "medications")]
sealed record RequestRefillRequest(Guid Medication, Guid? Pharmacy, string? Note);

/// <summary>The body of the route: the medication stands in its path.</summary>
sealed record RefillWish(Guid? Pharmacy, string? Note);

sealed class RequestRefillRules : AbstractValidator<RequestRefillRequest>
{
    public RequestRefillRules() => RuleFor(r => r.Note).MaximumLength(PharmacyLimits.NoteLength).WithMessage($"Please keep the note under {PharmacyLimits.NoteLength} characters.");
}

sealed class RequestRefillHandler(PharmacyDb db, CurrentPatient me, RequestScope scope, TimeProvider clock) : IHandle<RequestRefillRequest, RefillEntry>
{
    public async Task<Outcome<RefillEntry>> Handle(RequestRefillRequest ask, CancellationToken ct)
    {
        if (await db.CourseOf(me.Id, ask.Medication, ct) is not { } course) return Outcome.NotFound;
        if (me.IsDeceased) return Outcome.Refused("patient_deceased", "This patient has died.", "Talk to the clinic about anything that is left to do.");
        if (await First(course.Id, ct) is { } first) return first;
        var offer = RefillGates.Decide(course, null, Zones.Date(clock.GetUtcNow(), me.TimeZone));
        if (!offer.MayAsk) return Refused(OfferEntry.Of(offer));

        var pharmacy = ask.Pharmacy is { } chosen ? await db.Pharmacies.AsNoTracking().FirstOrDefaultAsync(p => p.Id == chosen, ct) : await db.UsualPharmacy(me.Id, ct);
        if (ask.Pharmacy is not null && pharmacy is null) return Outcome.Invalid("pharmacy", "Choose one of the pharmacies in the list.");

        var refill = Refill.Ask(Ids.New(clock), course, offer, pharmacy?.Id, Blank(ask.Note), me.IsSelf ? scope.Actor.Name : $"{scope.Actor.Name} ({me.Relation}) for {me.Name}", clock.GetUtcNow());
        db.Add(refill);
        db.Announce(new RefillRequested(refill.Id, me.Id), me.Id);
        var entry = RefillEntry.Of(refill, pharmacy?.Name, me.TimeZone);
        if (await db.TrySave(entry, ct) is Saved.Done) return entry;
        db.ChangeTracker.Clear();
        return await First(course.Id, ct) ?? AlreadyRequested(null);
    }

    async Task<Refusal?> First(Guid medication, CancellationToken ct) =>
        await db.Refills.AsNoTracking().Include(r => r.Steps).FirstOrDefaultAsync(r => r.PatientId == me.Id && r.OpenFor == medication, ct) is { } open
            ? AlreadyRequested(RefillEntry.Of(open, null, me.TimeZone)) : null;

    static Refusal AlreadyRequested(RefillEntry? first) =>
        Outcome.Conflict("already_requested", "There is an open request for this medicine already.", first is null ? null : new[] { first }) with { NextStep = "Follow it under Refills." };

    static Refusal Refused(OfferEntry offer) => Outcome.Refused(offer.Code, offer.Why, offer.NextStep);

    static string? Blank(string? note) => string.IsNullOrWhiteSpace(note) ? null : note.Trim();
}

/// <summary>What the form needs to know before it is shown: the medication, what may be asked for it, and the pharmacies to choose from.</summary>
[Does(Act.Read, "medication", "Looked at a medicine", Needs = "medications")]
sealed record RefillChoicesRequest(Guid Medication);

sealed record RefillChoices(MedicationEntry Medication, IReadOnlyList<PharmacyChoice> Pharmacies, Guid? Usual);

sealed record PharmacyChoice(Guid Id, string Name, string Address, string Phone);

sealed class RefillChoicesHandler(PharmacyDb db, CurrentPatient me, TimeProvider clock) : IHandle<RefillChoicesRequest, RefillChoices>
{
    public async Task<Outcome<RefillChoices>> Handle(RefillChoicesRequest ask, CancellationToken ct)
    {
        if (await db.CourseOf(me.Id, ask.Medication, ct) is not { } course) return Outcome.NotFound;
        var medication = MedicationLists.Entry(course, await db.OpenRefills(me.Id, ct), Zones.Date(clock.GetUtcNow(), me.TimeZone));
        var pharmacies = await db.Pharmacies.AsNoTracking().OrderBy(p => p.Name).Select(p => new PharmacyChoice(p.Id, p.Name, p.Address, p.Phone)).ToListAsync(ct);
        return new RefillChoices(medication, pharmacies, (await db.UsualPharmacy(me.Id, ct))?.Id);
    }
}

sealed class RequestRefillApi : IPatientApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/medications/{medication:guid}/refill-requests", async (Guid medication, RefillWish? wish, CurrentPatient me, IHandle<RequestRefillRequest, RefillEntry> request, CancellationToken ct) =>
                (await request.Handle(new(medication, wish?.Pharmacy, wish?.Note), ct)).ToHttp(r => Results.Created($"/api/v1/patients/{me.Id}/refill-requests/{r.Id}", r)))
           .WithName("RequestRefill").Produces<RefillEntry>(201).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        api.MapGet("/medications/{medication:guid}/refill-choices", async (Guid medication, IHandle<RefillChoicesRequest, RefillChoices> read, CancellationToken ct) =>
                (await read.Handle(new(medication), ct)).ToHttp())
           .WithName("RefillChoices").Produces<RefillChoices>().ProducesProblem(404);
    }
}
