using Microsoft.Extensions.Configuration;

namespace PatientPortal.Ui;

/// <summary>What the pages say of the clinic, from the settings <c>Portal:ClinicName</c>, <c>Portal:ClinicPhone</c> and <c>Portal:TimeZone</c>.</summary>
/// <param name="Zone">The clinic's IANA zone: of what has no place and no patient of its own.</param>
public sealed record Clinic(string Name, string? Phone, string Zone)
{
    public static Clinic Of(IConfiguration settings) =>
        new(settings["Portal:ClinicName"] is { Length: > 0 } name ? name : "Riverside Clinic", settings["Portal:ClinicPhone"] is { Length: > 0 } phone ? phone : null,
            settings["Portal:TimeZone"] is { Length: > 0 } zone ? zone : "America/New_York");
}
