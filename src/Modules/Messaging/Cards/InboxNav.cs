using PatientPortal.Messaging.ForStaff.CountWaiting;

namespace PatientPortal.Messaging.Cards;

/// <summary>The inbox in the staff's navigation, with how many wait.</summary>
sealed class InboxNav(IHandle<CountWaitingRequest, Waiting> waiting) : IStaffNav
{
    public string Label => "Inbox";
    public string Path => "/staff/inbox";
    public int Order => 30;
    public string Needs => "inbox";

    public async Task<int?> Count(CancellationToken ct) => (await waiting.Handle(new(), ct)).Refused(out _, out var now) ? null : now.Count;
}
