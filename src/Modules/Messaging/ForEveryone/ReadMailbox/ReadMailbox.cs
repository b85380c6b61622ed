using PatientPortal.Messaging.Data.Post;

namespace PatientPortal.Messaging.ForEveryone.ReadMailbox;

/// <summary>In development without a mail server: the mails that would have been sent. Anywhere else there is nothing here.</summary>
sealed record ReadMailboxRequest(Guid? Id);

/// <param name="Shown">The mail that was asked for, or null.</param>
sealed record Mailbox(IReadOnlyList<KeptMail> Mails, KeptMail? Shown);

sealed class ReadMailboxHandler(MailFolder folder) : IHandle<ReadMailboxRequest, Mailbox>
{
    const int Most = 200;

    public Task<Outcome<Mailbox>> Handle(ReadMailboxRequest ask, CancellationToken ct)
    {
        if (!folder.Exists) return Task.FromResult<Outcome<Mailbox>>(Outcome.NotFound);
        var shown = ask.Id is { } id ? folder.Find(id) : null;
        return Task.FromResult<Outcome<Mailbox>>(ask.Id is not null && shown is null ? Outcome.NotFound : new Mailbox(folder.All(Most), shown));
    }
}
