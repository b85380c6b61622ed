namespace PatientPortal.Pharmacy.Domain;

/// <summary>Where a request stands. Requested, InReview and Approved are open; the others are its ends.</summary>
enum RefillState { Requested, InReview, Approved, Ready, Denied }

/// <summary>A patient's request for more of a medication, from asking to picking up.</summary>
sealed class Refill : IVersioned
{
    readonly List<RefillStep> steps = [];

    public Guid Id { get; init; }
    public Guid PatientId { get; init; }
    public Guid MedicationId { get; init; }

    /// <summary>
    /// The medication while the request is open, null afterwards. Unique, so that the database allows one open request for each medication,
    /// whoever asks: patient, proxy or staff.
    /// </summary>
    public Guid? OpenFor { get; private set; }

    public bool IsRenewal { get; init; }

    /// <summary>The medication's name when it was asked for: it stays readable when the list changes.</summary>
    public required string Medication { get; init; }
    public Guid? PharmacyId { get; init; }
    public string? Note { get; init; }
    public RefillState State { get; private set; }
    public DateTimeOffset AskedAt { get; init; }
    public required string AskedBy { get; init; }
    public DateTimeOffset ChangedAt { get; private set; }

    /// <summary>For a denial: why, and what to do instead, as the patient reads them.</summary>
    public string? Reason { get; private set; }
    public string? NextStep { get; private set; }
    public int Version { get; set; }

    public IReadOnlyList<RefillStep> Steps => steps;

    public bool IsOpen => State is RefillState.Requested or RefillState.InReview or RefillState.Approved;

    public bool IsWaiting => State is RefillState.Requested or RefillState.InReview;

    public static Refill Ask(Guid id, MedicationCourse medication, RefillOffer offer, Guid? pharmacy, string? note, string by, DateTimeOffset now)
    {
        var refill = new Refill
        {
            Id = id, PatientId = medication.PatientId, MedicationId = medication.Id, IsRenewal = offer.Kind is OfferKind.Renewal,
            Medication = medication.Name, PharmacyId = pharmacy, Note = note, AskedAt = now, AskedBy = by,
        };
        refill.Begin();
        return refill;
    }

    /// <summary>The first step, at the hour when it was asked.</summary>
    public void Begin() => Move(RefillState.Requested, AskedBy, AskedAt);

    /// <summary>Somebody has it in hand: others see by whom.</summary>
    public bool StartReview(string by, DateTimeOffset now) => State is RefillState.Requested && Move(RefillState.InReview, by, now);

    public bool Approve(string by, DateTimeOffset now) => IsWaiting && Move(RefillState.Approved, by, now);

    public bool Deny(string reason, string nextStep, string by, DateTimeOffset now)
    {
        if (!IsWaiting) return false;
        (Reason, NextStep) = (reason, nextStep);
        return Move(RefillState.Denied, by, now);
    }

    /// <summary>The medication can be picked up.</summary>
    public bool BecomeReady(string by, DateTimeOffset now) => State is RefillState.Approved && Move(RefillState.Ready, by, now);

    bool Move(RefillState state, string by, DateTimeOffset now)
    {
        (State, ChangedAt) = (state, now);
        OpenFor = IsOpen ? MedicationId : null;
        steps.Add(new RefillStep { RefillId = Id, Number = steps.Count, State = state, At = now, By = by });
        return true;
    }
}

/// <summary>One step of a request's way: what it became, when, through whom. Never changed, only added.</summary>
sealed class RefillStep
{
    public Guid RefillId { get; init; }
    public int Number { get; init; }
    public RefillState State { get; init; }
    public DateTimeOffset At { get; init; }
    public required string By { get; init; }
}
