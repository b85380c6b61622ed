namespace PatientPortal.Scheduling.Domain;

/// <summary>Why the clinic says no, and what to do instead: each said once, in the language of whoever asks.</summary>
internal static class Refusals
{
    public static Refusal NotASlot(Texts T) =>
        Outcome.Invalid("slot", T["Choose a time from the list of open times."]);

    public static Refusal NotOffered(Texts T) => Outcome.Refused(
        "slot_not_offered", T["This time is no longer offered."], T["Look at the open times again, and choose one of them."]);

    public static Refusal TooSoon(Texts T, Location place) => Outcome.Refused(
        "too_soon", T["This visit cannot be booked so shortly before it starts."], T["Choose a later time, or call {0} at {1}.", place.Name, place.Phone]);

    public static Refusal TooFarAhead(Texts T, VisitType type) => Outcome.Refused(
        "too_far_ahead", T["This visit can be booked at most {0} days ahead.", type.HorizonDays], T["Choose an earlier time."]);

    public static Refusal Taken(Texts T, IReadOnlyList<OpenSlot> nearest) =>
        Outcome.Conflict("slot_taken", T["Somebody just took that time. These times are still open."], nearest);

    public static Refusal OverlapsOwn(Texts T) => Outcome.Refused(
        "overlaps_own_visit", T["You already have a visit at that time."], T["Choose another time, or move the other visit first."]);

    public static Refusal TooManyAhead(Texts T, int most) => Outcome.Refused(
        "too_many_visits", T["You already have {0} visits ahead, the most that can be booked online.", most], T["Cancel a visit you no longer need, or call the clinic."]);

    public static Refusal TooManyThatDay(Texts T, int most) => Outcome.Refused(
        "too_many_visits_that_day", T["You already have {0} visits on that day.", most], T["Choose another day, or call the clinic."]);

    public static Refusal TooLateToChange(Texts T, Location place) => Outcome.Refused(
        "too_late_to_change", T["It is too late to change this visit online."], T["Call {0} at {1}. They can still change it for you.", place.Name, place.Phone]);

    public static Refusal KeptElsewhere(Texts T) => Outcome.Refused(
        "kept_elsewhere", T["This visit is kept by another clinic's system."], T["Call the clinic where it takes place to change it."]);

    public static Refusal NoLongerAhead(Texts T) =>
        Outcome.Conflict("not_changeable", T["This visit has already been cancelled, or has taken place."]);
}
