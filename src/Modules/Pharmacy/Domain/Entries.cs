using System.Globalization;
using System.Text.Json.Serialization;
using PatientPortal.Kernel.Texts;

namespace PatientPortal.Pharmacy.Domain;

/// <summary>What may be asked for, as it is shown: one of "refill", "renewal", "visit", "nothing".</summary>
/// <param name="From">For "too_early": the first day on which it may be asked for.</param>
/// <param name="OpenRequest">The request that is open already.</param>
sealed record OfferEntry(string May, string Code, string Why, string NextStep, DateOnly? From, Guid? OpenRequest)
{
    static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");

    /// <summary>The same before it was put into words: pages say it in the reader's language.</summary>
    [JsonIgnore] public RefillOffer Offer { get; private init; } = null!;

    public static OfferEntry Of(RefillOffer offer) =>
        new(offer.Kind.ToString().ToLowerInvariant(), offer.Code, Filled(offer.Why, offer.Date), Filled(offer.NextStep, offer.Date),
            offer.Code is "too_early" ? offer.Date : null, offer.OpenRefill) { Offer = offer };

    public string WhyIn(Texts t) => In(t, Offer.Why);

    public string NextStepIn(Texts t) => In(t, Offer.NextStep);

    string In(Texts t, string english) => Offer.Date is { } day ? t[english, Say.Date(day, t.Culture)] : t[english];

    static string Filled(string text, DateOnly? date) => date is { } day ? string.Format(English, text, Say.Date(day, English)) : text;
}

/// <summary>One medication, as patients and staff are shown it.</summary>
/// <param name="Status">"active", "on_hold", "self_reported" or "stopped".</param>
/// <param name="Schedule">"II" to "V" for a controlled substance.</param>
sealed record MedicationEntry(
    Guid Id, string Name, string Status, string? Dosage, string? Reason, string? Prescriber, DateOnly? AuthoredOn, DateOnly? ValidUntil,
    int? RefillsLeft, DateOnly? LastFilledOn, DateOnly? RunsOutOn, bool AsNeeded, string? Schedule, OfferEntry Request)
{
    public static MedicationEntry Of(MedicationCourse m, RefillOffer offer) => new(
        m.Id, m.Name, m.Group, m.Dosage, m.Reason, m.Prescriber, m.AuthoredOn, m.SelfReported ? null : m.ValidUntil,
        m.SelfReported || !m.HasPrescription ? null : m.RefillsLeft, m.LastFilledOn, m.RunsOutOn, m.AsNeeded,
        m.Schedule is DrugSchedule.None ? null : m.Schedule.ToString(), OfferEntry.Of(offer));
}

/// <summary>One step of a request: "requested", "in_review", "approved", "ready" or "denied".</summary>
sealed record RefillStepEntry(string Status, DateTimeOffset At, string By);

/// <summary>One request, as the patient is shown it.</summary>
/// <param name="Kind">"refill" or "renewal".</param>
/// <param name="ExpectedOn">Until when the next step is promised; null when nothing more is to come.</param>
sealed record RefillEntry(
    Guid Id, Guid Medication, string Name, string Kind, string Status, DateTimeOffset AskedAt, string AskedBy, string? Note, string? Pharmacy,
    string? Reason, string? NextStep, DateOnly? ExpectedOn, IReadOnlyList<RefillStepEntry> Steps)
{
    public static RefillEntry Of(Refill refill, string? pharmacy, string zone) => new(
        refill.Id, refill.MedicationId, refill.Medication, refill.IsRenewal ? "renewal" : "refill", StatusOf(refill.State),
        Zones.In(refill.AskedAt, zone), refill.AskedBy, refill.Note, pharmacy, refill.Reason, refill.NextStep, Expected(refill, zone),
        [.. refill.Steps.OrderBy(s => s.Number).Select(s => new RefillStepEntry(StatusOf(s.State), Zones.In(s.At, zone), s.By))]);

    public static string StatusOf(RefillState state) => state switch
    {
        RefillState.Requested => "requested",
        RefillState.InReview => "in_review",
        RefillState.Approved => "approved",
        RefillState.Ready => "ready",
        _ => "denied",
    };

    static DateOnly? Expected(Refill refill, string zone) => refill.State switch
    {
        RefillState.Requested or RefillState.InReview => BusinessDays.After(Zones.Date(refill.AskedAt, zone), PharmacyLimits.DecideWithin),
        RefillState.Approved => BusinessDays.After(Zones.Date(refill.ChangedAt, zone), PharmacyLimits.ReadyWithin),
        _ => null,
    };
}
