using PatientPortal.Records.ForStaff.CountReleases;

namespace PatientPortal.Records.Cards;

/// <summary>Results to follow up, in the staff's navigation.</summary>
sealed class ResultsNav(IHandle<CountReleasesRequest, ReleaseCounts> count) : IStaffNav
{
    public string Label => "Results";
    public string Path => "/staff/results";
    public int Order => 50;
    public string Needs => "release";

    public async Task<int?> Count(CancellationToken ct) => (await count.Handle(new(), ct)).Refused(out _, out var now) ? null : now.Unseen;
}
