using PatientPortal.Messaging.ForPatients.ReadUnread;

namespace PatientPortal.Messaging.Cards;

/// <summary>Unread messages in the home page's data.</summary>
sealed class MessagesHomePart(IHandle<ReadUnreadRequest, Unread> read, CurrentPatient me) : IHomePart
{
    public string Name => "messages";

    public async Task<object?> Read(CancellationToken ct) =>
        me.Allows("messages") && !(await read.Handle(new(), ct)).Refused(out _, out var unread) ? unread : null;
}
