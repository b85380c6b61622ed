namespace PatientPortal.Interop.Cards;

/// <summary>The line "Import" of the staff's navigation.</summary>
internal sealed class ImportNav : IStaffNav
{
    public string Label => "Import";
    public string Path => "/staff/import";
    public int Order => 70;
    public string Needs => "import";
}
