using PatientPortal.Identity.ForStaff.ListProxyConcerns;

namespace PatientPortal.Identity.Cards;

/// <summary>Proxies and minors, in the staff's navigation, with how many matters wait.</summary>
sealed class ProxiesNav(IHandle<CountProxyConcernsRequest, int> count) : IStaffNav
{
    public string Label => "Proxies";
    public string Path => "/staff/proxies";
    public int Order => 75;
    public string Needs => "proxies";

    public async Task<int?> Count(CancellationToken ct) => (await count.Handle(new(), ct)).Refused(out _, out var waiting) ? null : waiting;
}
