using PatientPortal.Kernel.Modules;

namespace PatientPortal.Host.ForStaff.Today;

/// <summary>The first line of the staff's navigation: every role has it.</summary>
sealed class TodayNav : IStaffNav
{
    public string Label => "Today";
    public string Path => "/staff";
    public int Order => 0;
    public string Needs => "";
}
