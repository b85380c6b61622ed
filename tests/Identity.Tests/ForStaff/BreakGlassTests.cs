using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using PatientPortal.Identity.Data;
using PatientPortal.Kernel.Access;

namespace PatientPortal.Identity.Tests.ForStaff;

public sealed class BreakGlassTests : IAsyncLifetime
{
    PortalApp app = null!;
    HttpClient doctor = null!, privacy = null!;
    string maria = null!;

    public async ValueTask InitializeAsync()
    {
        app = await PortalApp.New();
        (doctor, privacy, maria) = (await app.SignInAs("drlee"), await app.SignInAs("privacy"), await app.ChartOf("maria"));
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    Task<int> Openings() => app.Inside(s => s.GetRequiredService<IdentityDb>().BrokenGlasses.CountAsync());

    [Fact]
    public async Task R38_a_relatives_chart_is_closed_at_every_staff_route_and_page_that_names_it()
    {
        await app.Knows(doctor, "maria");
        var routes = app.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<IAudience>()?.Audience is Audience.Staff && e.RoutePattern.Parameters.Any(p => p.Name.Equals("patient", StringComparison.OrdinalIgnoreCase))
                && e.Metadata.GetMetadata<StandsBeforeChartAttribute>() is null).ToList();
        routes.Count.ShouldBeGreaterThan(10);
        foreach (var route in routes)
        {
            var path = "/" + string.Join('/', route.RoutePattern.PathSegments.Select(s => string.Concat(s.Parts.Select(p => p switch
            {
                Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
                Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: var name } when name.Equals("patient", StringComparison.OrdinalIgnoreCase) => maria,
                Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "number" } => "0",
                Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "Section" } => "allergies",
                _ => Guid.CreateVersion7().ToString(),
            }))));
            var method = route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods[0] ?? "GET";
            var answer = await doctor.SendAsync(new(new(method), path) { Content = method is "GET" or "DELETE" ? null : JsonContent.Create(new { }) });
            if (path.StartsWith("/api/"))
            {
                answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden, $"{method} {path}");
                (await answer.Code()).ShouldBe("chart_protected", path);
            }
            else answer.Headers.Location?.ToString().ShouldBe($"/staff/patients/{maria}/break-glass", path);
        }
    }

    [Fact]
    public async Task R38_staff_do_not_open_their_own_chart_with_or_without_a_reason()
    {
        await app.Knows(doctor, "maria", "self");
        var answer = await doctor.GetAsync($"/api/v1/staff/patients/{maria}");
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await answer.Code()).ShouldBe("own_chart");
        (await answer.Json()).Text("nextStep")!.ShouldContain("your own patient account");
        (await (await doctor.Break(maria)).Code()).ShouldBe("own_chart");
        (await Openings()).ShouldBe(0);
        (await doctor.GetStringAsync($"/staff/patients/{maria}/break-glass")).ShouldContain("Use your own patient account");
    }

    [Fact]
    public async Task R38_a_colleagues_chart_opens_with_a_reason_for_an_hour_and_closes_by_itself()
    {
        await app.Knows(doctor, "maria", "self");
        using var nurse = await app.SignInAs("nurse");
        (await nurse.Opens(maria)).ShouldBe(HttpStatusCode.Forbidden);
        (await nurse.Break(maria)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await nurse.Opens(maria)).ShouldBe(HttpStatusCode.OK);
        // A staff session ends after 15 quiet minutes: it is kept awake.
        for (var minute = 0; minute < 59; minute += 10)
        {
            (await nurse.Opens(maria)).ShouldBe(HttpStatusCode.OK, $"minute {minute}");
            app.Clock.Advance(TimeSpan.FromMinutes(minute + 10 < 60 ? 10 : 9));
            nurse.DefaultRequestHeaders.Authorization = (await app.SignInAs("nurse", fresh: true)).DefaultRequestHeaders.Authorization;
        }
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        (await (await app.SignInAs("nurse", fresh: true)).Opens(maria)).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task R38_what_no_route_names_the_patient_for_is_closed_too_and_nothing_changes_through_it()
    {
        var patient = await app.SignInAs("maria");
        var team = (await patient.See("/api/v1/patients/me/teams")).GetProperty("items")[0].Text("id");
        var thread = (await (await patient.PostAsJsonAsync("/api/v1/patients/me/threads", new { team, topic = "question", subject = "Only for my team", body = "A private question" })).Json()).Text("id");
        var visit = (await doctor.See("/api/v1/staff/appointments")).GetProperty("items").EnumerateArray().Select(v => (Id: v.Text("id"), Patient: v.GetProperty("patient").Text("id"))).First();
        await app.Knows(doctor, "maria");
        (await privacy.Protect(visit.Patient!)).EnsureSuccessStatusCode();

        (await (await doctor.GetAsync($"/api/v1/staff/threads/{thread}")).Code()).ShouldBe("chart_protected");
        (await (await doctor.GetAsync($"/api/v1/staff/appointments/{visit.Id}")).Code()).ShouldBe("chart_protected");
        (await (await doctor.PostAsJsonAsync($"/api/v1/staff/threads/{thread}/claim", new { })).Code()).ShouldBe("chart_protected");
        (await (await doctor.PostAsJsonAsync($"/api/v1/staff/threads/{thread}/reply", new { body = "Hello cousin" })).Code()).ShouldBe("chart_protected");
        (await (await doctor.PostAsJsonAsync($"/api/v1/staff/appointments/{visit.Id}/cancel", new { reason = "Because" })).Code()).ShouldBe("chart_protected");
        (await doctor.GetStringAsync($"/staff/inbox/{thread}")).ShouldContain($"/staff/patients/{maria}/break-glass");

        var line = (await doctor.See("/api/v1/staff/threads?limit=100")).GetProperty("items").EnumerateArray().Single(l => l.Text("id") == thread);
        (line.Text("subject"), line.Text("preview")).ShouldBe(("Protected chart", ""));
        using var nurse = await app.SignInAs("nurse");
        var seen = await nurse.See($"/api/v1/staff/threads/{thread}");
        seen.GetProperty("claimedBy").ValueKind.ShouldBe(JsonValueKind.Null);
        seen.GetProperty("messages").GetArrayLength().ShouldBe(1);
        seen.GetProperty("messages")[0].GetProperty("readBy").EnumerateArray().Select(r => r.Text("name")).ShouldNotContain("Dr. Hannah Lee");

        (await doctor.Break(maria)).EnsureSuccessStatusCode();
        (await doctor.See($"/api/v1/staff/threads/{thread}")).Text("subject").ShouldBe("Only for my team");
    }

    [Fact]
    public async Task R38_the_search_finds_it_and_says_that_it_is_protected()
    {
        await app.Knows(doctor, "maria");
        var found = (await doctor.See("/api/v1/staff/patients?query=alvarez")).GetProperty("items").EnumerateArray().Single(p => p.Text("id") == maria);
        found.GetProperty("protected").GetBoolean().ShouldBeTrue();
        (await (await app.SignInAs("nurse")).See("/api/v1/staff/patients?query=alvarez")).GetProperty("items").EnumerateArray().Single(p => p.Text("id") == maria).GetProperty("protected").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task opening_twice_at_once_is_one_opening()
    {
        await app.Knows(doctor, "maria");
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => doctor.Break(maria)));
        answers.ShouldAllBe(a => a.StatusCode == HttpStatusCode.Created);
        (await Openings()).ShouldBe(1);
    }

    [Fact]
    public async Task a_repeated_request_opens_nothing_when_its_hour_is_over()
    {
        await app.Knows(doctor, "maria");
        HttpRequestMessage Ask()
        {
            var ask = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/staff/patients/{maria}/break-glass") { Content = JsonContent.Create(new { reason = "emergency", words = "Unconscious in the waiting room" }) };
            ask.Headers.Add("Idempotency-Key", "once");
            return ask;
        }
        (await doctor.SendAsync(Ask())).StatusCode.ShouldBe(HttpStatusCode.Created);
        app.Clock.Advance(TimeSpan.FromMinutes(61));
        doctor.DefaultRequestHeaders.Authorization = (await app.SignInAs("drlee", fresh: true)).DefaultRequestHeaders.Authorization;
        (await doctor.SendAsync(Ask())).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await doctor.Opens(maria)).ShouldBe(HttpStatusCode.Forbidden);
        (await Openings()).ShouldBe(1);
    }

    [Fact]
    public async Task whoever_is_done_closes_it_and_whoever_loses_the_right_has_it_closed()
    {
        await app.Knows(doctor, "maria");
        (await doctor.Break(maria)).EnsureSuccessStatusCode();
        (await doctor.DeleteAsync($"/api/v1/staff/patients/{maria}/break-glass")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await doctor.Opens(maria)).ShouldBe(HttpStatusCode.Forbidden);
        (await doctor.Break(maria)).EnsureSuccessStatusCode();
        var admin = await app.SignInAs("admin");
        var me = (await doctor.See("/api/v1/me")).Text("userId");
        (await admin.PutAsJsonAsync($"/api/v1/staff/members/{me}/role", new { role = "PrivacyOfficer" })).EnsureSuccessStatusCode();
        (await doctor.Opens(maria)).ShouldBe(HttpStatusCode.Forbidden);
        (await (await doctor.Break(maria)).Code()).ShouldBe("missing_permission");
    }

    [Theory]
    [InlineData("curiosity", "I wanted to look at it", "reason")]
    [InlineData(null, "I wanted to look at it", "reason")]
    [InlineData("emergency", "short", "words")]
    [InlineData("emergency", "            ", "words")]
    [InlineData("emergency", null, "words")]
    public async Task a_reason_is_one_of_those_offered_and_said_in_words(string? reason, string? words, string field)
    {
        await app.Knows(doctor, "maria");
        (await (await doctor.Break(maria, reason!, words!)).FieldErrors(field)).ShouldNotBeEmpty();
        (await doctor.Opens(maria)).ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task a_chart_that_is_not_protected_needs_no_breaking_and_one_that_is_not_there_is_not_found()
    {
        (await (await doctor.Break(maria)).Code()).ShouldBe("not_protected");
        (await doctor.Break(Guid.CreateVersion7().ToString())).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await app.SignInAs("maria")).Break(maria)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task the_patient_reads_who_tried_who_opened_it_and_why()
    {
        await app.Knows(doctor, "maria");
        await doctor.Opens(maria);
        (await doctor.Break(maria, "emergency", "Unconscious in the waiting room")).EnsureSuccessStatusCode();
        await doctor.See($"/api/v1/staff/patients/{maria}");
        var log = (await (await app.SignInAs("maria")).See("/api/v1/patients/me/access-log?others=true&limit=100")).GetProperty("items").EnumerateArray().ToList();
        log.ShouldContain(a => a.Text("what") == "Tried to open this protected record" && !a.GetProperty("allowed").GetBoolean());
        log.ShouldContain(a => a.Text("what") == "Opened this protected record for an hour, giving a reason" && a.Text("purpose") == "break-glass" && a.Text("reason") == "emergency");
        log.ShouldContain(a => a.Text("what")!.StartsWith("Opened the chart") && a.Text("purpose") == "break-glass" && a.Text("who") == "Dr. Hannah Lee");
        // The words are for the privacy officer.
        (await (await app.SignInAs("maria")).GetStringAsync("/access-log")).ShouldNotContain("Unconscious");
    }

    [Fact]
    public async Task the_words_are_sealed_in_the_database()
    {
        await app.Knows(doctor, "maria");
        (await doctor.Break(maria, "emergency", "Zyzzyva in the waiting room")).EnsureSuccessStatusCode();
        (await DatabaseBytes.Of(app.Database)).Hold("Zyzzyva").ShouldBeFalse();
    }

    [Fact]
    public async Task on_the_pages_it_is_asked_for_shown_while_open_and_closed_by_a_button()
    {
        await app.Knows(doctor, "maria");
        using var browser = app.Browser();
        browser.DefaultRequestHeaders.Authorization = doctor.DefaultRequestHeaders.Authorization;
        var closed = await browser.GetAsync($"/staff/patients/{maria}/results");
        closed.Headers.Location!.ToString().ShouldBe($"/staff/patients/{maria}/break-glass");
        var glass = $"/staff/patients/{maria}/break-glass";
        (await (await browser.Send(glass, await browser.Page(glass), "break-glass", ("Form.Reason", ""), ("Form.Words", ""))).Content.ReadAsStringAsync()).ShouldContain("Choose a reason.");
        (await browser.Send(glass, await browser.Page(glass), "break-glass", ("Form.Reason", "Emergency"), ("Form.Words", "Unconscious in the waiting room"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await browser.GetStringAsync($"/staff/patients/{maria}")).ShouldContain("Protected: you opened it with a reason.");
        (await browser.Send(glass, await browser.Page(glass), "close-chart")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await browser.GetAsync($"/staff/patients/{maria}")).StatusCode.ShouldBe(HttpStatusCode.Redirect);
    }
}
