using PatientPortal.Identity.ForStaff.ListPrivacyCases;

namespace PatientPortal.Identity.Cards;

/// <summary>Patients' questions about accesses, with how many are open.</summary>
sealed class PrivacyNav(IHandle<CountPrivacyCasesRequest, int> count) : IStaffNav
{
    public string Label => "Privacy questions";
    public string Path => "/staff/privacy";
    public int Order => 85;
    public string Needs => "privacy";

    public async Task<int?> Count(CancellationToken ct) => (await count.Handle(new(), ct)).Refused(out _, out var n) ? null : n;
}
