using PatientPortal.Kernel.Events;
using PatientPortal.Kernel.Modules;

namespace PatientPortal.Host.ForStaff.Jobs;

/// <summary>The line of the staff's navigation; its number is the news that need a person.</summary>
sealed class JobsNav(Deliveries deliveries) : IStaffNav
{
    public string Label => "Jobs";
    public string Path => "/staff/jobs";
    public int Order => 90;
    public string Needs => "jobs";

    public async Task<int?> Count(CancellationToken ct) => (await deliveries.Count(ct)).NeedPerson is > 0 and var needing ? needing : null;
}
