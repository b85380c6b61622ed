namespace PatientPortal.Pharmacy.Domain;

/// <summary>What a patient may ask for: another fill, a new prescription, a visit first, or nothing now.</summary>
enum OfferKind { Refill, Renewal, Visit, Nothing }

/// <summary>What may be asked for one medication today, or why not and what to do instead.</summary>
/// <param name="Code">Stable; clients and tests decide by it.</param>
/// <param name="Why">English, also the key of its translation; {0} stands for <paramref name="Date"/>.</param>
/// <param name="NextStep">Likewise.</param>
sealed record RefillOffer(OfferKind Kind, string Code, string Why, string NextStep, DateOnly? Date = null, Guid? OpenRefill = null)
{
    public bool MayAsk => Kind is OfferKind.Refill or OfferKind.Renewal;
}

/// <summary>The gates that a request passes, in this order: the first that says something decides. Run when it is asked for, and again at approval.</summary>
static class RefillGates
{
    /// <param name="open">The request that is open for this medication, if there is one.</param>
    /// <param name="today">The patient's date.</param>
    public static RefillOffer Decide(MedicationCourse medication, Guid? open, DateOnly today) =>
        Stopped(medication) ?? OnHold(medication) ?? NotOurs(medication) ?? AlreadyOpen(open) ?? Controlled(medication)
        ?? EndedLongAgo(medication, today) ?? TooEarly(medication, today) ?? Refill(medication, today) ?? Renewal(medication);

    static RefillOffer? Stopped(MedicationCourse m) => m.Status switch
    {
        MedicationStatus.Active or MedicationStatus.OnHold => null,
        MedicationStatus.Completed => new(OfferKind.Nothing, "completed", "This medicine was taken to its end.", "If you need it again, write to your care team."),
        _ => new(OfferKind.Nothing, "stopped", "This medicine was stopped.", "If you still take it, write to your care team before you take more."),
    };

    static RefillOffer? OnHold(MedicationCourse m) => m.Status is MedicationStatus.OnHold
        ? new(OfferKind.Nothing, "on_hold", "Your care team has paused this medicine.", "Ask your care team before you start it again.") : null;

    static RefillOffer? NotOurs(MedicationCourse m) => m switch
    {
        { SelfReported: true } => new(OfferKind.Nothing, "self_reported", "You told us that you take this. We did not prescribe it.", "Ask whoever prescribed it, or bring it up at your next visit."),
        { HasPrescription: false } => new(OfferKind.Nothing, "no_prescription", "A pharmacy gave you this, but we have no prescription for it.", "Ask your pharmacy who prescribed it."),
        { Inpatient: true } => new(OfferKind.Nothing, "inpatient", "You were given this during a hospital stay.", "If you should go on taking it at home, write to your care team."),
        _ => null,
    };

    static RefillOffer? AlreadyOpen(Guid? open) => open is { } id
        ? new(OfferKind.Nothing, "already_requested", "You have asked for this already.", "Follow your request under Refills.", OpenRefill: id) : null;

    // 21 CFR 1306.12: a schedule II prescription is never refilled.
    static RefillOffer? Controlled(MedicationCourse m) => m.Schedule is DrugSchedule.II
        ? new(OfferKind.Visit, "controlled", "The law does not allow refills of this medicine.", "Book a visit, or call us before you run out.") : null;

    static RefillOffer? EndedLongAgo(MedicationCourse m, DateOnly today) => m.ValidUntil switch
    {
        null => new(OfferKind.Visit, "undated", "We do not know when this prescription was written.", "Book a visit to go through it together."),
        { } end when end.AddDays(PharmacyLimits.RenewalDays) < today => new(OfferKind.Visit, "ended_long_ago", "This prescription ended on {0}.", "Book a visit to get a new one.", end),
        _ => null,
    };

    static RefillOffer? TooEarly(MedicationCourse m, DateOnly today) => m.RunsOutOn?.AddDays(-PharmacyLimits.EarlyDays) is { } earliest && today < earliest
        ? new(OfferKind.Nothing, "too_early", "Your supply should last longer.", "You can ask for more from {0}.", earliest) : null;

    static RefillOffer? Refill(MedicationCourse m, DateOnly today) => m.RefillsLeft > 0 && today <= m.ValidUntil
        ? new(OfferKind.Refill, "refill", "There are refills left on this prescription.", "Ask for a refill. We check it and send it to your pharmacy.") : null;

    static RefillOffer Renewal(MedicationCourse m) => m.RefillsLeft > 0
        ? new(OfferKind.Renewal, "renewal_ended", "This prescription ended on {0}.", "Ask for a renewal. Your prescriber decides.", m.ValidUntil)
        : new(OfferKind.Renewal, "renewal", "There are no refills left on this prescription.", "Ask for a renewal. Your prescriber decides.");
}
