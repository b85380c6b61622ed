namespace PatientPortal.Records.Domain.Chart;

/// <summary>The lists of a chart. A resource stands in one of them, or in none.</summary>
enum ChartSection { Vitals, Conditions, Allergies, Immunizations, Procedures, Visits, Notes, Documents, CareTeam, Goals, CarePlans }

static class ChartSections
{
    /// <summary>Its name in routes: "care-team".</summary>
    public static string Path(this ChartSection section) => section switch
    {
        ChartSection.CareTeam => "care-team",
        ChartSection.CarePlans => "care-plans",
        _ => section.ToString().ToLowerInvariant(),
    };

    public static string Title(this ChartSection section) => section switch
    {
        ChartSection.Vitals => "Vital signs",
        ChartSection.CareTeam => "Care team",
        ChartSection.CarePlans => "Care plans",
        ChartSection.Notes => "Clinical notes",
        _ => section.ToString(),
    };

    public static ChartSection? Named(string path) =>
        Enum.GetValues<ChartSection>().Where(s => s.Path() == path).Select(s => (ChartSection?)s).FirstOrDefault();
}
