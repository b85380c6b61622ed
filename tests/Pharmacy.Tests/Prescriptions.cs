using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PatientPortal.Interop.Contracts;
using PatientPortal.Kernel.Data;
using PatientPortal.Pharmacy.Data;
using PatientPortal.Testing;

namespace PatientPortal.Pharmacy.Tests;

/// <summary>Writes prescriptions for the tests, as they would arrive from another system.</summary>
static class Prescriptions
{
    /// <summary>A prescription that was written and filled; gives the medication's id.</summary>
    public static async Task<Guid> Prescribe(
        this PortalApp app, Guid patient, string name = "Lisinopril 10 MG Oral Tablet", string status = "active", int repeats = 5, int writtenDaysAgo = 60, int? filledDaysAgo = 25, string? source = null)
    {
        source ??= $"test-{Guid.CreateVersion7():N}";
        await app.Arrive(source, patient, status, name, repeats, writtenDaysAgo, filledDaysAgo);
        return Ids.Of($"{source}|MedicationRequest|rx");
    }

    /// <summary>The same prescription again, with another status: it was stopped, say.</summary>
    public static async Task Arrive(this PortalApp app, string source, Guid patient, string status, string name = "Lisinopril 10 MG Oral Tablet", int repeats = 5, int writtenDaysAgo = 60, int? filledDaysAgo = null)
    {
        var today = DateOnly.FromDateTime(app.Clock.GetUtcNow().UtcDateTime);
        var resources = new List<ArrivedResource>
        {
            new("MedicationRequest", "rx", Encoding.UTF8.GetBytes($$"""
                {"resourceType":"MedicationRequest","id":"rx","status":"{{status}}","intent":"order","subject":{"reference":"Patient/p"},"authoredOn":"{{today.AddDays(-writtenDaysAgo):yyyy-MM-dd}}",
                 "medicationCodeableConcept":{"text":"{{name}}"},"dosageInstruction":[{"text":"Take 1 tablet by mouth once a day"}],
                 "dispenseRequest":{"expectedSupplyDuration":{"value":30,"code":"d"},"numberOfRepeatsAllowed": {{repeats}} } }
                """)),
        };
        if (filledDaysAgo is { } days)
            resources.Add(new("MedicationDispense", "fill", Encoding.UTF8.GetBytes($$"""
                {"resourceType":"MedicationDispense","id":"fill","status":"completed","subject":{"reference":"Patient/p"},"medicationCodeableConcept":{"text":"{{name}}"},
                 "authorizingPrescription":[{"reference":"MedicationRequest/rx"}],"whenHandedOver":"{{today.AddDays(-days):yyyy-MM-dd}}"}
                """)));
        await app.Inside(async services =>
        {
            var db = services.GetRequiredService<PharmacyDb>();
            var intake = await Intake.Open(db, source, patient, resources, app.Clock.GetUtcNow(), default);
            foreach (var resource in resources)
                if ((await intake.Take(resource, default)).Outcome is "quarantined") throw new InvalidOperationException(resource.Type);
            await db.Save(default);
            return 0;
        });
    }

    /// <summary>A request for a fresh prescription; gives its id.</summary>
    public static async Task<Guid> AskedRefill(this PortalApp app, HttpClient patient, string? source = null)
    {
        var medication = await app.Prescribe(await PortalApp.OwnChart(patient), source: source);
        return (await Json(await patient.PostAsJsonAsync($"/api/v1/patients/me/medications/{medication}/refill-requests", new { }))).GetProperty("id").GetGuid();
    }

    public static async Task<JsonElement> Json(HttpResponseMessage answer) => JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;

    public static async Task<JsonElement> Json(this HttpClient client, string address) => await Json(await client.GetAsync(address));

    public static string? Text(this JsonElement element, string name) => element.GetProperty(name).GetString();
}
