using PatientPortal.Identity.ForStaff.ListRecoveries;

namespace PatientPortal.Identity.Cards;

/// <summary>Recoveries of lost second factors, with how many are under way.</summary>
sealed class RecoveriesNav(IHandle<CountRecoveriesRequest, int> count) : IStaffNav
{
    public string Label => "Recoveries";
    public string Path => "/staff/recoveries";
    public int Order => 76;
    public string Needs => "recover";

    public async Task<int?> Count(CancellationToken ct) => (await count.Handle(new(), ct)).Refused(out _, out var under) ? null : under;
}
