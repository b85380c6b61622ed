using PatientPortal.Identity.ForStaff.ListDuplicates;

namespace PatientPortal.Identity.Cards;

/// <summary>Charts that may be one person's, with how many pairs wait.</summary>
sealed class DuplicatesNav(IHandle<CountDuplicatesRequest, int> count) : IStaffNav
{
    public string Label => "Duplicates";
    public string Path => "/staff/duplicates";
    public int Order => 76;
    public string Needs => "merge";

    public async Task<int?> Count(CancellationToken ct) => (await count.Handle(new(), ct)).Refused(out _, out var waiting) ? null : waiting;
}
