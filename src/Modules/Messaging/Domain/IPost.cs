namespace PatientPortal.Messaging.Domain;

/// <summary>Hands one mail to the outside world, or says why it could not.</summary>
interface IPost
{
    /// <summary>Why nothing can be sent at all, in a sentence for the staff page; null when mail can leave.</summary>
    string? Closed { get; }

    /// <summary>Never throws for what the other side did.</summary>
    Task<Sending> Send(Mail mail, CancellationToken ct);
}

/// <summary>One e-mail, plain text.</summary>
/// <param name="Id">The delivery's id.</param>
/// <param name="MessageId">The same at every try, in angle brackets.</param>
sealed record Mail(Guid Id, string MessageId, string To, string Subject, string Text, DateTimeOffset At);
