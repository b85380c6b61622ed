using PatientPortal.Identity.ForStaff.ReviewGlass;

namespace PatientPortal.Identity.Cards;

/// <summary>Openings of protected charts, with how many wait for their review. Counted by a handler: whatever reads on one page reads in turn.</summary>
sealed class GlassNav(IHandle<CountGlassesRequest, int> count) : IStaffNav
{
    public string Label => "Protected charts";
    public string Path => "/staff/break-glass";
    public int Order => 84;
    public string Needs => "privacy";

    public async Task<int?> Count(CancellationToken ct) => (await count.Handle(new(), ct)).Refused(out _, out var n) ? null : n;
}
