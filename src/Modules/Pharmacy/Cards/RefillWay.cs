using PatientPortal.Pharmacy.Domain;
using PatientPortal.Ui;

namespace PatientPortal.Pharmacy.Cards;

/// <summary>A request's way in four steps or, when it was denied, in three.</summary>
static class RefillWay
{
    public static IReadOnlyList<Step> Of(Texts t, RefillEntry refill)
    {
        (string Status, string Label)[] way = refill.Status is "denied"
            ? [("requested", t["Asked"]), ("in_review", t["In review"]), ("denied", t["Not approved"])]
            : [("requested", t["Asked"]), ("in_review", t["In review"]), ("approved", t["At the pharmacy"]), ("ready", t["Ready"])];
        var reached = Array.FindIndex(way, s => s.Status == refill.Status);
        return [.. way.Index().Select(s => new Step(s.Item.Label, State(s.Index, reached, refill.Status), When(t, refill, s.Item.Status)))];
    }

    // The last step of a way is its end, not a stop on it: it is done when it is reached.
    static StepState State(int index, int reached, string status) =>
        index > reached ? StepState.Ahead : index < reached || status is "ready" or "denied" ? StepState.Done : StepState.Now;

    static string? When(Texts t, RefillEntry refill, string status) =>
        refill.Steps.LastOrDefault(s => s.Status == status)?.At.ToString(t.Language is "es" ? "d MMM" : "MMM d", t.Culture);
}
