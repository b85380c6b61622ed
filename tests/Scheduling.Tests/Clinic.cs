using PatientPortal.Kernel.Access;
using PatientPortal.Scheduling.Data;

namespace PatientPortal.Scheduling.Tests;

/// <summary>What these tests say again and again, over HTTP.</summary>
static class Clinic
{
    public const string Mine = "/api/v1/patients/me/appointments";

    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<JsonElement> Json(this HttpClient client, string path) =>
        await client.GetFromJsonAsync<JsonElement>(path, Ct);

    public static async Task<JsonElement> Json(this HttpResponseMessage answer) =>
        JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync(Ct));

    public static string Text(this JsonElement json, string name) => json.GetProperty(name).GetString()!;

    public static IEnumerable<JsonElement> Items(this JsonElement json) => json.GetProperty("items").EnumerateArray();

    public static async Task<JsonElement> VisitType(this HttpClient client, string name = "Follow-up visit") =>
        (await client.Json("/api/v1/visit-types")).Items().First(v => v.Text("name") == name);

    public static async Task<string> Provider(this HttpClient client, string name = "Dr. Hannah Lee") =>
        (await client.Json("/api/v1/providers")).Items().First(p => p.Text("name") == name).Text("id");

    /// <summary>The open times of one provider, first ones first; another week for each test that books, so that none is in another's way.</summary>
    public static async Task<List<JsonElement>> Slots(this HttpClient client, string from, string visitType = "Follow-up visit", string provider = "Dr. Hannah Lee", int limit = 100)
    {
        var (type, who) = ((await client.VisitType(visitType)).Text("id"), await client.Provider(provider));
        var to = DateOnly.Parse(from, null).AddDays(6).ToString("yyyy-MM-dd", null);
        return [.. (await client.Json($"/api/v1/slots?visitType={type}&provider={who}&from={from}&to={to}&limit={limit}")).Items()];
    }

    public static Task<HttpResponseMessage> Book(this HttpClient client, JsonElement slot, string reason = "Cough", string? key = null, string patient = "me") =>
        client.Book(slot.Text("id"), reason, key, patient);

    public static async Task<HttpResponseMessage> Book(this HttpClient client, string slot, string reason = "Cough", string? key = null, string patient = "me")
    {
        using var ask = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/patients/{patient}/appointments") { Content = JsonContent.Create(new { slot, reason }) };
        if (key is not null) ask.Headers.Add("Idempotency-Key", key);
        return await client.SendAsync(ask, Ct);
    }

    /// <summary>Books and gives the appointment.</summary>
    public static async Task<JsonElement> Booked(this HttpClient client, JsonElement slot, string reason = "Cough")
    {
        var answer = await client.Book(slot, reason);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync(Ct));
        return await answer.Json();
    }

    public static Task<HttpResponseMessage> Cancel(this HttpClient client, string id, string reason = "Better now", string patient = "me") =>
        client.PostAsJsonAsync($"/api/v1/patients/{patient}/appointments/{id}/cancel", new { reason }, Ct);

    public static Task<HttpResponseMessage> Move(this HttpClient client, string id, string slot, string patient = "me") =>
        client.PostAsJsonAsync($"/api/v1/patients/{patient}/appointments/{id}/reschedule", new { slot }, Ct);

    public static async Task ShouldRefuse(this HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        answer.StatusCode.ShouldBe(status, await answer.Content.ReadAsStringAsync(Ct));
        (await answer.Json()).Text("code").ShouldBe(code);
    }

    /// <summary>Looks into the module's own tables.</summary>
    public static Task<T> Rows<T>(this PortalApp app, Func<SchedulingDb, Task<T>> look) =>
        app.Inside(services => look(services.GetRequiredService<SchedulingDb>()));

    /// <summary>Opens every chart to whoever is signed in: lets one account stand for many people in a race.</summary>
    public sealed class OpenDoor : IPatientDoor
    {
        public ValueTask<CurrentPatient?> Open(Actor actor, Guid patientId, CancellationToken ct) =>
            new(new CurrentPatient(patientId, "Somebody", "self", CurrentPatient.Everything, "America/New_York", ""));

        public ValueTask<CurrentPatient?> OpenAs(Actor actor, Guid grant, CancellationToken ct) => new((CurrentPatient?)null);

        public ValueTask<IReadOnlyList<Profile>> ProfilesOf(Actor actor, CancellationToken ct) => new([]);
    }
}
