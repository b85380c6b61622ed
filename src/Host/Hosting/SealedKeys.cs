using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using PatientPortal.Kernel.Data;
using PatientPortal.Kernel.Sealing;

namespace PatientPortal.Host.Hosting;

/// <summary>ASP.NET Core's data protection keys (forms' antiforgery tokens), sealed in the database: several hosts share them.</summary>
sealed class SealedKeys(PortalDatabase database, Vault vault) : IXmlRepository
{
    const string Purpose = "kernel_settings.data_protection";

    public IReadOnlyCollection<XElement> GetAllElements()
    {
        var keys = new List<XElement>();
        // The interface is synchronous; it is asked once at start and once a day.
        using var connection = database.Open(CancellationToken.None).AsTask().GetAwaiter().GetResult();
        using var command = connection.Command("SELECT value FROM kernel_settings WHERE name LIKE 'data_protection.%'");
        using var rows = command.ExecuteReader();
        while (rows.Read()) keys.Add(XElement.Parse(vault.OpenText(Convert.FromBase64String(rows.GetString(0)), Purpose)));
        return keys;
    }

    public void StoreElement(XElement element, string friendlyName) => database.Execute(
        "INSERT INTO kernel_settings (name, value) VALUES (@name, @value)", CancellationToken.None,
        ("name", $"data_protection.{friendlyName}"), ("value", Convert.ToBase64String(vault.Seal(Encoding.UTF8.GetBytes(element.ToString()), Purpose)))).GetAwaiter().GetResult();
}
