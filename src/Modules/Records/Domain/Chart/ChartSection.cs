namespace PatientPortal.Records.Domain.Chart;

/// <summary>The lists of a chart. A resource stands in one of them, or in none.</summary>
enum ChartSection { Vitals, Conditions, Allergies, Immunizations, Procedures, Visits, Notes, Documents, CareTeam }
