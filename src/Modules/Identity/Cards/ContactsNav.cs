using PatientPortal.Identity.ForStaff.ConfirmContacts;

namespace PatientPortal.Identity.Cards;

/// <summary>Reported contact details, with how many wait.</summary>
sealed class ContactsNav(IHandle<CountContactsRequest, int> count) : IStaffNav
{
    public string Label => "Contact details";
    public string Path => "/staff/contacts";
    public int Order => 77;
    public string Needs => "contacts";

    public async Task<int?> Count(CancellationToken ct) => (await count.Handle(new(), ct)).Refused(out _, out var waiting) ? null : waiting;
}
