using System.Collections.Concurrent;
using PatientPortal.Messaging.Domain;

namespace PatientPortal.Messaging.Tests;

/// <summary>A post that keeps what it was given, and does what the test says with it.</summary>
sealed class KeepingPost(Func<Mail, Sending>? does = null) : IPost
{
    readonly ConcurrentQueue<Mail> mails = new();

    public IReadOnlyList<Mail> Mails => [.. mails];

    public Func<Mail, Sending> Does { get; set; } = does ?? (_ => new(SendingEnding.Accepted, "Kept."));

    public string? Closed => null;

    public async Task<Sending> Send(Mail mail, CancellationToken ct)
    {
        mails.Enqueue(mail);
        await Task.Yield();
        return Does(mail);
    }
}
