using AppTotp = PatientPortal.Identity.Domain.Totp;

namespace PatientPortal.Identity.Tests;

/// <summary>What the tests of passwords, second factors and sessions do again and again.</summary>
static class SignInSecurity
{
    public static string CodeOf(this PortalApp app, string secret) => AppTotp.CodeAt(secret, AppTotp.StepAt(app.Clock.GetUtcNow()));

    /// <summary>Sets up an authenticator app for somebody; gives its secret and the recovery codes.</summary>
    public static async Task<(string Secret, IReadOnlyList<string> Codes)> SetUpSecondFactor(this PortalApp app, HttpClient client)
    {
        var begun = await client.PostAsJsonAsync("/api/v1/me/second-factor", new { });
        begun.StatusCode.ShouldBe(HttpStatusCode.OK);
        var secret = (await begun.Json()).Text("secret")!;
        var confirmed = await client.PostAsJsonAsync("/api/v1/me/second-factor/confirm", new { code = app.CodeOf(secret) });
        confirmed.StatusCode.ShouldBe(HttpStatusCode.OK);
        // A code works once: what follows needs the next.
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        return (secret, [.. (await confirmed.Json()).GetProperty("codes").EnumerateArray().Select(c => c.GetString()!)]);
    }

    public static async Task<HttpClient> SignedIn(this PortalApp app, string username, string? code = null, string? password = null)
    {
        var client = app.Anonymous();
        var answer = await client.SignIn(username, password ?? PortalApp.Password, code);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        client.DefaultRequestHeaders.Authorization = new("Bearer", (await answer.Json()).Text("accessToken"));
        return client;
    }

    public static async Task<IReadOnlyList<string>> FieldErrors(this HttpResponseMessage answer, string field)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        return [.. (await answer.Json()).GetProperty("errors").GetProperty(field).EnumerateArray().Select(e => e.GetString()!)];
    }

    public static async Task<bool> IsOpen(this HttpClient client) => (await client.GetAsync("/api/v1/me")).StatusCode is HttpStatusCode.OK;
}
