using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Host.Tests.Hosting;

public sealed partial class HeadersTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Theory]
    [InlineData("/sign-in")]
    [InlineData("/api/v1/me")]
    [InlineData("/nowhere")]
    [InlineData("/openapi/v1.json")]
    public async Task every_answer_is_guarded_and_stored_by_nobody(string path)
    {
        using var nobody = app.Anonymous();
        var answer = await nobody.GetAsync(path);
        var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
        policy.ShouldNotContain("unsafe-inline");
        policy.ShouldContain("frame-ancestors 'none'");
        answer.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        answer.Headers.GetValues("Strict-Transport-Security").Single().ShouldContain("max-age=31536000");
        answer.Headers.CacheControl!.NoStore.ShouldBeTrue();
    }

    [Fact]
    public async Task a_page_that_is_not_there_says_what_to_do_and_is_404()
    {
        var maria = await app.SignInAs("maria");
        var answer = await maria.GetAsync("/nowhere");
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("There is nothing at this address");
    }

    [Fact]
    public async Task who_is_not_signed_in_does_not_learn_which_pages_there_are()
    {
        using var nobody = app.Anonymous();
        foreach (var path in new[] { "/nowhere", "/results", "/staff" })
            (await nobody.GetAsync(path)).Headers.Location!.ToString().ShouldContain("/sign-in");
    }

    [Fact]
    public async Task the_portal_is_alive_and_ready()
    {
        using var nobody = app.Anonymous();
        (await nobody.GetAsync("/health/live")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await nobody.GetAsync("/health/ready")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task the_openapi_document_lists_the_core_routes()
    {
        using var nobody = app.Anonymous();
        using var document = JsonDocument.Parse(await nobody.GetStringAsync("/openapi/v1.json"));
        var paths = document.RootElement.GetProperty("paths").EnumerateObject().Select(p => Named().Replace(p.Name, "{}")).ToHashSet();
        foreach (var path in new[]
        {
            "/api/v1/sign-in", "/api/v1/token/refresh", "/api/v1/sign-out", "/api/v1/activation", "/api/v1/password/forgot", "/api/v1/password/reset", "/api/v1/me",
            "/api/v1/patients/{patient}", "/api/v1/slots", "/api/v1/visit-types", "/api/v1/providers", "/api/v1/patients/{patient}/appointments",
            "/api/v1/patients/{patient}/appointments/{id}/cancel", "/api/v1/patients/{patient}/appointments/{id}/reschedule",
            "/api/v1/patients/{patient}/results", "/api/v1/patients/{patient}/results/{id}", "/api/v1/patients/{patient}/results/trend",
            "/api/v1/patients/{patient}/vitals", "/api/v1/patients/{patient}/conditions", "/api/v1/patients/{patient}/allergies", "/api/v1/patients/{patient}/immunizations",
            "/api/v1/patients/{patient}/procedures", "/api/v1/patients/{patient}/visits", "/api/v1/patients/{patient}/notes", "/api/v1/patients/{patient}/documents",
            "/api/v1/patients/{patient}/care-team", "/api/v1/patients/{patient}/medications", "/api/v1/patients/{patient}/medications/{id}/refill-requests",
            "/api/v1/patients/{patient}/refill-requests", "/api/v1/patients/{patient}/teams", "/api/v1/patients/{patient}/threads", "/api/v1/patients/{patient}/threads/{id}",
            "/api/v1/patients/{patient}/threads/{id}/messages", "/api/v1/patients/{patient}/access-log", "/api/v1/staff/patients",
            "/api/v1/staff/patients/{patient}/activation-codes", "/api/v1/staff/import", "/api/v1/staff/appointments", "/api/v1/staff/threads",
            "/api/v1/staff/threads/{id}/claim", "/api/v1/staff/threads/{id}/reply", "/api/v1/staff/threads/{id}/close", "/api/v1/staff/refill-requests",
            "/api/v1/staff/refill-requests/{id}/approve", "/api/v1/staff/refill-requests/{id}/deny", "/api/v1/staff/results", "/api/v1/staff/results/{id}/hold",
            "/api/v1/staff/results/{id}/release", "/api/v1/staff/audit",
        })
            paths.ShouldContain(Named().Replace(path, "{}"));
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Named();
}
