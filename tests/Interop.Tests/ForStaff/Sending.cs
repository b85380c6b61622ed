using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Shouldly;

namespace PatientPortal.Interop.Tests.ForStaff;

/// <summary>Sends bundles as another system's program would.</summary>
internal static class Sending
{
    public static async Task<HttpResponseMessage> Import(this HttpClient client, byte[] content, string type = "application/fhir+json", string? key = null, string? source = null)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "/api/v1/staff/import" + (source is null ? "" : $"?source={source}")) { Content = new ByteArrayContent(content) };
        message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        if (key is not null) message.Headers.Add("Idempotency-Key", key);
        return await client.SendAsync(message);
    }

    public static Task<HttpResponseMessage> Import(this HttpClient client, string json, string? key = null, string? source = null) =>
        client.Import(Encoding.UTF8.GetBytes(json), key: key, source: source);

    public static async Task<JsonElement> Json(this Task<HttpResponseMessage> sending, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var answer = await sending;
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(expected, text);
        using var parsed = JsonDocument.Parse(text);
        return parsed.RootElement.Clone();
    }

    public static Dictionary<string, (int Created, int Updated, int Unchanged, int Quarantined)> ByType(this JsonElement report) =>
        report.GetProperty("resources").EnumerateArray().ToDictionary(r => r.GetProperty("type").GetString()!, r =>
            (r.GetProperty("created").GetInt32(), r.GetProperty("updated").GetInt32(), r.GetProperty("unchanged").GetInt32(), r.GetProperty("quarantined").GetInt32()));

    public static List<(string Reference, string Element, string Reason)> Quarantine(this JsonElement report) =>
        [.. report.GetProperty("quarantine").EnumerateArray().Select(q => (q.GetProperty("reference").GetString()!, q.GetProperty("element").GetString()!, q.GetProperty("reason").GetString()!))];

    public static string Bundle(params string[] resources) =>
        $$"""{"resourceType":"Bundle","type":"transaction","entry":[{{string.Join(',', resources.Select(r => $$"""{"resource":{{r}}}"""))}}]}""";

    public static string Patient(string id, string? identifier = null, string birthDate = "1980-05-17") => $$"""
        {"resourceType":"Patient","id":"{{id}}","identifier":[{"system":"urn:test","value":"{{identifier ?? id}}"}],"name":[{"family":"Imported{{id}}","given":["Ida"]}],"gender":"female","birthDate":"{{birthDate}}"}
        """;

    public static string Observation(string id, string patient, string status = "final", string more = "") => $$"""
        {"resourceType":"Observation","id":"{{id}}","status":"{{status}}","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"2345-7"}],"text":"Glucose"},"subject":{"reference":"Patient/{{patient}}"},"effectiveDateTime":"2026-11-01T09:00:00-05:00","valueQuantity":{"value":91,"unit":"mg/dL"}{{more}}}
        """;
}
