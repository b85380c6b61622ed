namespace PatientPortal.Identity.Tests;

/// <summary>What the tests of protected charts and support views do again and again.</summary>
static class Protecting
{
    public static async Task<string> ChartOf(this PortalApp app, string patient) => (await PortalApp.OwnChart(await app.SignInAs(patient))).ToString();

    public static async Task<string> ChartNumberOf(this PortalApp app, string patient) => (await (await app.SignInAs(patient)).See("/api/v1/patients/me")).Text("chartNumber")!;

    public static Task<HttpResponseMessage> Break(this HttpClient staff, string chart, string reason = "treatment", string words = "I see the patient in ten minutes") =>
        staff.PostAsJsonAsync($"/api/v1/staff/patients/{chart}/break-glass", new { reason, words });

    public static async Task Knows(this PortalApp app, HttpClient staff, string patient, string relation = "relative") =>
        (await staff.PostAsJsonAsync("/api/v1/staff/me/ties", new { chartNumber = await app.ChartNumberOf(patient), relation })).StatusCode.ShouldBe(HttpStatusCode.Created);

    public static Task<HttpResponseMessage> Protect(this HttpClient officer, string chart, bool @protected = true) =>
        officer.PutAsJsonAsync($"/api/v1/staff/patients/{chart}/protection", new { @protected, because = "In the news" });

    public static async Task<HttpStatusCode> Opens(this HttpClient staff, string chart) => (await staff.GetAsync($"/api/v1/staff/patients/{chart}")).StatusCode;
}
