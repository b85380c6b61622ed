using Microsoft.Extensions.Configuration;

namespace PatientPortal.Ui;

/// <summary>What the pages say of the clinic, from the settings <c>Portal:ClinicName</c> and <c>Portal:ClinicPhone</c>.</summary>
public sealed record Clinic(string Name, string? Phone)
{
    public static Clinic Of(IConfiguration settings) =>
        new(settings["Portal:ClinicName"] is { Length: > 0 } name ? name : "Riverside Clinic", settings["Portal:ClinicPhone"] is { Length: > 0 } phone ? phone : null);
}
