namespace PatientPortal.Messaging.Domain;

static class ConversationWords
{
    /// <summary>The word of the API: "waiting", "answered", "closed".</summary>
    public static string Code(this ConversationState state) => state switch
    {
        ConversationState.WaitingForUs => "waiting",
        ConversationState.Answered => "answered",
        _ => "closed",
    };

    /// <summary>The word of the API: "answered", "visit_booked"...</summary>
    public static string Code(this ClosedWith with) => with switch
    {
        ClosedWith.Answered => "answered",
        ClosedWith.VisitBooked => "visit_booked",
        ClosedWith.RefillHandled => "refill_handled",
        ClosedWith.HandledByPhone => "handled_by_phone",
        ClosedWith.NoAnswerNeeded => "no_answer_needed",
        _ => "duplicate",
    };

    public static string Says(this ClosedWith with) => with switch
    {
        ClosedWith.Answered => "Answered",
        ClosedWith.VisitBooked => "Visit booked",
        ClosedWith.RefillHandled => "Refill handled",
        ClosedWith.HandledByPhone => "Handled by phone",
        ClosedWith.NoAnswerNeeded => "No answer needed",
        _ => "Duplicate of another message",
    };

    public static bool TryRead(string? code, out ClosedWith with)
    {
        foreach (var candidate in Enum.GetValues<ClosedWith>())
            if (candidate.Code() == code)
            {
                with = candidate;
                return true;
            }
        with = default;
        return false;
    }
}
