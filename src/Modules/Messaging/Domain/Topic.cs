namespace PatientPortal.Messaging.Domain;

/// <summary>What a conversation is about. The topic decides which team is suggested and which quicker way is offered first.</summary>
enum Topic { Question, Results, Medication, Refill, Appointment, Records, Form, Billing, Other }

/// <summary>How topics are said, and the flow of their own that some have.</summary>
static class Topics
{
    /// <summary>What somebody at the desk answers without knowing a patient's health.</summary>
    public static readonly IReadOnlyList<Topic> OfTheDesk = [Topic.Appointment, Topic.Records, Topic.Form, Topic.Billing, Topic.Other];

    public static readonly IReadOnlyList<Topic> OfMedicines = [Topic.Medication, Topic.Refill];

    /// <summary>The word of the API for each topic: "question", "results"...</summary>
    public static string Code(this Topic topic) => topic.ToString().ToLowerInvariant();

    public static bool TryRead(string? code, out Topic topic) =>
        Enum.TryParse(code, ignoreCase: true, out topic) && Enum.IsDefined(topic) && topic.Code() == code!.ToLowerInvariant();

    /// <summary>English, the key of the translation too.</summary>
    public static string Says(this Topic topic) => topic switch
    {
        Topic.Question => "A question about my health",
        Topic.Results => "A test result",
        Topic.Medication => "A medicine I take",
        Topic.Refill => "More of a medicine (refill)",
        Topic.Appointment => "An appointment",
        Topic.Records => "My records",
        Topic.Form => "A form or letter",
        Topic.Billing => "A bill, my address or insurance",
        Topic.Other => "Something else",
        _ => throw new ArgumentOutOfRangeException(nameof(topic)),
    };

    /// <summary>Where this is done faster than by a message, or null.</summary>
    public static QuickerWay? QuickerWay(this Topic topic) => topic switch
    {
        Topic.Appointment => new("/visits/book", "Choose a time yourself",
            "You can book, move or cancel a visit yourself, now, without waiting for an answer."),
        Topic.Refill => new("/medications", "Ask for a refill",
            "Ask from your list of medicines. You will see at once whether a refill is possible, and where the request stands."),
        Topic.Records => new("/record", "Open my record",
            "Results, notes and documents are in your record as soon as they are ready."),
        _ => null,
    };
}

/// <summary>A flow that answers at once what a message would take days for.</summary>
/// <param name="Path">The patient page where it starts.</param>
/// <param name="Action">What its button says.</param>
/// <param name="Why">One sentence on what it does.</param>
sealed record QuickerWay(string Path, string Action, string Why);
