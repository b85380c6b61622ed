using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Tests;

/// <summary>What the tests of lost second factors do again and again.</summary>
static class Recovering
{
    public const string Strong = "velvet otter under ninth lamp";

    /// <summary>Maria has a second factor, and loses it.</summary>
    public static async Task<HttpClient> LosesFactor(this PortalApp app, string username = "maria")
    {
        var client = await app.SignedIn(username);
        await app.SetUpSecondFactor(client);
        return client;
    }

    public static async Task<HttpResponseMessage> OpenRecovery(this PortalApp app, string username = "maria", bool inPerson = false, string[]? evidence = null, string by = "frontdesk", string? note = null) =>
        await (await app.SignInAs(by, fresh: true)).PostAsJsonAsync($"/api/v1/staff/accounts/{await app.AccountOf(username)}/recovery",
            new { inPerson, evidence = evidence ?? (inPerson ? ["PhotoDocument"] : ["PhotoDocument", "ChartFacts"]), note });

    public static Task<HttpResponseMessage> BeginRecovery(this PortalApp app, string username = "maria", string password = PortalApp.Password) =>
        app.Anonymous().PostAsJsonAsync("/api/v1/recovery/begin", new { username, password });

    public static Task<HttpResponseMessage> FinishRecovery(this PortalApp app, string? code, string username = "maria", string password = PortalApp.Password, bool without = false) =>
        app.Anonymous().PostAsJsonAsync("/api/v1/recovery/finish", new { username, password, code, without });

    /// <summary>All of it, to a new secret.</summary>
    public static async Task<string> Recover(this PortalApp app, string username = "maria")
    {
        var begun = await app.BeginRecovery(username);
        begun.StatusCode.ShouldBe(HttpStatusCode.OK, await begun.Content.ReadAsStringAsync());
        var secret = (await begun.Json()).Text("secret")!;
        (await app.FinishRecovery(app.CodeOf(secret), username)).StatusCode.ShouldBe(HttpStatusCode.OK);
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        return secret;
    }
}
