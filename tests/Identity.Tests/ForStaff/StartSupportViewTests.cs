using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.EntityFrameworkCore;
using PatientPortal.Identity.Data;
using PatientPortal.Kernel.Access;

namespace PatientPortal.Identity.Tests.ForStaff;

public sealed class StartSupportViewTests : IAsyncLifetime
{
    PortalApp app = null!;
    HttpClient desk = null!;
    string maria = null!;

    public async ValueTask InitializeAsync()
    {
        app = await PortalApp.New();
        (desk, maria) = (await app.SignInAs("frontdesk"), await app.ChartOf("maria"));
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    static Task<HttpResponseMessage> Start(HttpClient staff, string chart, string? reason = "Cannot find the lab report") => staff.PostAsJsonAsync($"/api/v1/staff/patients/{chart}/support-view", new { reason });

    IEnumerable<(string Method, string Path, RouteEndpoint Route)> Routes() =>
        from route in app.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
        where route.Metadata.GetMetadata<IAudience>() is not null
        let path = "/" + string.Join('/', route.RoutePattern.PathSegments.Select(s => string.Concat(s.Parts.Select(p => p switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternParameterPart { Name: var name } when name.Equals("patient", StringComparison.OrdinalIgnoreCase) => maria,
            RoutePatternParameterPart { Name: "number" or "seq" } => "1",
            _ => Guid.CreateVersion7().ToString(),
        }))))
        let isPage = route.Metadata.GetMetadata<Microsoft.AspNetCore.Components.Endpoints.ComponentTypeMetadata>() is not null
        from method in isPage ? ["GET", "POST"] : route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        select (method, route.Metadata.GetMetadata<IAudience>()!.Audience is Audience.Patients && isPage ? $"/support/{maria}{path}" : path, route);

    [Fact]
    public async Task it_shows_the_patients_pages_as_the_patient_sees_them_with_a_banner()
    {
        (await desk.GetAsync($"/support/{maria}/")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        var started = await Start(desk, maria);
        started.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await started.Json()).Text("pages").ShouldBe($"/support/{maria}/");

        var patient = await app.SignInAs("maria");
        foreach (var path in new[] { "results", "appointments", "threads", "medications", "conditions" })
            (await desk.GetStringAsync($"/api/v1/patients/{maria}/{path}?limit=100")).ShouldBe(await patient.GetStringAsync($"/api/v1/patients/{maria}/{path}?limit=100"), path);
        foreach (var page in new[] { "", "results", "visits", "messages", "medications", "record" })
        {
            var shown = await desk.GetStringAsync($"/support/{maria}/{page}");
            shown.ShouldContain("Support view: you see Maria Alvarez", Case.Sensitive, page);
            shown.ShouldContain("End the view", Case.Sensitive, page);
        }
    }

    [Fact]
    public async Task nothing_is_changed_at_any_door_while_it_is_open()
    {
        (await Start(desk, maria)).EnsureSuccessStatusCode();
        var changes = Routes().Where(r => r.Method is not ("GET" or "HEAD") && r.Route.Metadata.GetMetadata<EndsSupportViewAttribute>() is null).ToList();
        changes.Count.ShouldBeGreaterThan(100);
        changes.Select(c => c.Route.Metadata.GetMetadata<IAudience>()!.Audience).Distinct().Count().ShouldBeGreaterThan(3);
        var wrong = new List<string>();
        foreach (var (method, path, _) in changes)
        {
            var answer = await desk.SendAsync(new(new(method), path) { Content = JsonContent.Create(new { reason = "Because it is needed", body = "x" }) });
            if (answer.StatusCode is not (HttpStatusCode.Forbidden or HttpStatusCode.UnsupportedMediaType) || path.StartsWith("/api/") && await answer.Code() is not ("read_only" or "wrong_audience" or "unsupported_media_type"))
                wrong.Add($"{method} {path}: {(int)answer.StatusCode}");
        }
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task R27_no_second_factor_recovery_code_password_or_session_of_anybody_is_reached_through_it()
    {
        var started = await Start(desk, maria);
        (await started.Content.ReadAsStringAsync()).ShouldNotContain("oken");
        var members = Routes().Where(r => r.Method is "GET" && r.Route.Metadata.GetMetadata<IAudience>()!.Audience is Audience.Members && r.Route.Metadata.GetMetadata<EndsSupportViewAttribute>() is null).ToList();
        members.Count.ShouldBeGreaterThan(8);
        foreach (var (_, path, _) in members)
        {
            (await desk.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, path);
            if (!path.StartsWith("/api/")) (await desk.GetAsync($"/support/{maria}{path}")).StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        }
        // And it begins from a session of staff only, which is never had without the second factor.
        (await (await app.Anonymous().SignIn("frontdesk", PortalApp.Password)).Code()).ShouldBe("second_factor_required");
        (await Start(await app.SignInAs("james"), maria)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task it_opens_one_patient_and_nobody_else()
    {
        var james = await app.ChartOf("james");
        (await Start(desk, maria)).EnsureSuccessStatusCode();
        (await desk.GetAsync($"/api/v1/patients/{james}/results")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await desk.GetAsync("/api/v1/patients/me/results")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        foreach (var path in new[] { $"/support/{james}/", $"/for/{maria}/", "/results" }) (await desk.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        (await (await Start(desk, james)).Code()).ShouldBe("read_only");
        // Nor to a patient, nor to another session of the same person.
        (await (await app.SignInAs("maria")).GetAsync($"/support/{maria}/results")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await app.SignInAs("frontdesk", fresh: true)).GetAsync($"/support/{maria}/")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task what_is_held_from_the_patient_is_held_from_whoever_looks_on()
    {
        var patient = await app.SignInAs("maria");
        var result = (await patient.See("/api/v1/patients/me/results")).GetProperty("items")[0].Text("id");
        (await (await app.SignInAs("drlee")).PostAsJsonAsync($"/api/v1/staff/results/{result}/hold", new { reason = "Told in person", until = app.Clock.GetUtcNow().AddDays(1) })).EnsureSuccessStatusCode();
        (await Start(desk, maria)).EnsureSuccessStatusCode();
        (await desk.GetAsync($"/api/v1/patients/{maria}/results/{result}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await desk.GetAsync($"/support/{maria}/results/{result}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task what_the_patient_has_not_read_stays_unread()
    {
        var patient = await app.SignInAs("maria");
        var team = (await patient.See("/api/v1/patients/me/teams")).GetProperty("items")[0].Text("id");
        var thread = (await (await patient.PostAsJsonAsync("/api/v1/patients/me/threads", new { team, topic = "other", subject = "Parking", body = "Where do I park?" })).Json()).Text("id");
        (await (await app.SignInAs("nurse")).PostAsJsonAsync($"/api/v1/staff/threads/{thread}/reply", new { body = "Behind the house." })).EnsureSuccessStatusCode();
        (await Start(desk, maria)).EnsureSuccessStatusCode();
        (await desk.GetStringAsync($"/support/{maria}/messages/{thread}")).ShouldContain("Behind the house.");
        var read = (await patient.See($"/api/v1/patients/me/threads/{thread}")).GetProperty("messages").EnumerateArray().Last();
        read.GetProperty("new").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task it_ends_by_itself_after_a_quarter_of_an_hour()
    {
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        var tokens = await (await app.Anonymous().SignIn("frontdesk", PortalApp.Password, Totp.Now(app.Clock))).Json();
        desk.DefaultRequestHeaders.Authorization = new("Bearer", tokens.Text("accessToken"));
        (await Start(desk, maria)).EnsureSuccessStatusCode();
        app.Clock.Advance(TimeSpan.FromMinutes(10));
        (await desk.GetAsync($"/support/{maria}/")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var renewed = await (await app.Anonymous().PostAsJsonAsync("/api/v1/token/refresh", new { refreshToken = tokens.Text("refreshToken") })).Json();
        desk.DefaultRequestHeaders.Authorization = new("Bearer", renewed.Text("accessToken"));
        (await desk.GetAsync($"/support/{maria}/")).StatusCode.ShouldBe(HttpStatusCode.OK);
        app.Clock.Advance(TimeSpan.FromMinutes(5));
        (await desk.GetAsync($"/support/{maria}/")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await desk.GetAsync($"/api/v1/patients/{maria}/results")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        // And another begins.
        (await Start(desk, await app.ChartOf("james"))).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task of_two_that_begin_at_once_in_one_session_one_does()
    {
        var answers = await Task.WhenAll(Start(desk, maria), Start(desk, await app.ChartOf("james")));
        answers.Count(a => a.StatusCode is HttpStatusCode.Created).ShouldBe(1);
        (await app.Inside(s => s.GetRequiredService<IdentityDb>().SupportVisits.CountAsync(v => v.EndedAt == null))).ShouldBe(1);
    }

    [Fact]
    public async Task the_patient_reads_who_looked_and_why()
    {
        (await Start(desk, maria)).EnsureSuccessStatusCode();
        await desk.GetAsync($"/support/{maria}/results");
        var patient = await app.SignInAs("maria");
        var log = (await patient.See("/api/v1/patients/me/access-log?others=true&limit=100")).GetProperty("items").EnumerateArray().Where(a => a.Text("purpose") is "support").ToList();
        log.ShouldContain(a => a.Text("what") == "Began to look at your pages to help you" && a.Text("who") == "Tomás Becker");
        log.ShouldContain(a => a.Text("what") == "Looked at the list of test results");
        log.ShouldAllBe(a => a.Text("reason") == "Cannot find the lab report");
        (await patient.GetStringAsync("/access-log")).ShouldContain("Cannot find the lab report");
    }

    [Fact]
    public async Task R38_a_protected_chart_is_not_entered_this_way_and_a_protection_holds_from_the_next_request_on()
    {
        (await Start(desk, maria)).EnsureSuccessStatusCode();
        (await (await app.SignInAs("privacy")).Protect(maria)).EnsureSuccessStatusCode();
        (await (await desk.GetAsync($"/api/v1/patients/{maria}/results")).Code()).ShouldBe("chart_protected");
        using var again = await app.SignInAs("frontdesk", fresh: true);
        (await (await Start(again, maria)).Code()).ShouldBe("chart_protected");
    }

    [Fact]
    public async Task it_needs_the_permission_and_a_reason()
    {
        foreach (var who in new[] { "drlee", "nurse", "pharmacist", "records", "privacy" })
            (await (await Start(await app.SignInAs(who), maria)).Code()).ShouldBe("missing_permission", who);
        (await (await Start(desk, maria, " ")).FieldErrors("reason")).ShouldNotBeEmpty();
        (await (await Start(desk, maria, null)).FieldErrors("reason")).ShouldNotBeEmpty();
        (await Start(desk, Guid.CreateVersion7().ToString())).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
