using static PatientPortal.Records.Tests.Charts;

namespace PatientPortal.Records.Tests.ForStaff;

public class HoldResultTests(PortalApp app)
{
    static readonly DateTimeOffset InThreeDays = new(2026, 11, 26, 14, 0, 0, TimeSpan.Zero);

    static async Task<(Guid Id, string Name, string Code)> Arrived(PortalApp app)
    {
        var (name, code, source) = (Fresh("Held"), Fresh("c"), Fresh("ehr"));
        await app.Arrives(await app.ChartOf("james"), source, Observation(Fresh(), name: name, code: code));
        return (await app.Rows(db => db.Results.Where(r => r.Source == source).Select(r => r.Id).SingleAsync(Ct)), name, code);
    }

    [Fact]
    public async Task a_held_result_is_hidden_on_every_surface_of_the_patient()
    {
        var (doctor, james) = (await app.SignInAs("drlee"), await app.SignInAs("james"));
        var (id, name, code) = await Arrived(app);
        (await doctor.PostAsJsonAsync($"/api/v1/staff/results/{id}/hold", new { reason = "To be told in person", until = InThreeDays }, Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await james.Json("/api/v1/patients/me/results?limit=100")).Items().ShouldNotContain(i => i.Text("name") == name);
        (await james.GetAsync($"/api/v1/patients/me/results/{id}", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await james.Json($"/api/v1/patients/me/results/trend?code={code}")).GetProperty("points").GetArrayLength().ShouldBe(0);
        (await james.GetStringAsync("/api/v1/patients/me/home", Ct)).ShouldNotContain(name);
        (await doctor.Json("/api/v1/staff/results?status=held&limit=100")).Items().ShouldContain(i => i.Text("id") == id.ToString() && i.Text("reason") == "To be told in person");
    }

    [Fact]
    public async Task a_hold_on_an_observation_holds_the_report_that_takes_it_in()
    {
        var (doctor, chart, source, one) = (await app.SignInAs("drlee"), await app.ChartOf("james"), Fresh("ehr"), Fresh("one"));
        await app.Arrives(chart, source, Observation(one));
        var id = await app.Rows(db => db.Results.Where(r => r.Source == source).Select(r => r.Id).SingleAsync(Ct));
        (await doctor.PostAsJsonAsync($"/api/v1/staff/results/{id}/hold", new { reason = "Told in person", until = InThreeDays }, Ct)).EnsureSuccessStatusCode();
        await app.Arrives(chart, source, Report(Fresh(), [one]));
        (await app.Rows(db => db.Results.Where(r => r.Source == source).Select(r => r.HeldUntil).SingleAsync(Ct))).ShouldBe(InThreeDays);
    }

    [Fact]
    public async Task a_later_report_does_not_tell_what_an_earlier_one_keeps_back()
    {
        var (doctor, chart, source, one) = (await app.SignInAs("drlee"), await app.ChartOf("james"), Fresh("ehr"), Fresh("one"));
        await app.Arrives(chart, source, Observation(one), Report(Fresh(), [one]));
        var id = await app.Rows(db => db.Results.Where(r => r.Source == source).Select(r => r.Id).SingleAsync(Ct));
        (await doctor.PostAsJsonAsync($"/api/v1/staff/results/{id}/hold", new { reason = "Told in person", until = InThreeDays }, Ct)).EnsureSuccessStatusCode();
        await app.Arrives(chart, source, Report(Fresh(), [one]));
        (await app.Rows(db => db.Results.Where(r => r.Source == source).Select(r => r.HeldUntil).ToListAsync(Ct))).ShouldBe([InThreeDays, InThreeDays]);
        (await app.Rows(db => db.Holds.Where(h => db.Results.Any(r => r.Source == source && r.Id == h.ResultId)).Select(h => h.Reason).ToListAsync(Ct))).ShouldBe(["Told in person", "Told in person"]);
    }

    [Fact]
    public async Task a_hold_wants_a_reason_and_an_end_within_30_days()
    {
        var doctor = await app.SignInAs("drlee");
        var (id, _, _) = await Arrived(app);
        await (await doctor.PostAsJsonAsync($"/api/v1/staff/results/{id}/hold", new { reason = " ", until = InThreeDays }, Ct)).ShouldRefuse(HttpStatusCode.BadRequest, "invalid");
        await (await doctor.PostAsJsonAsync($"/api/v1/staff/results/{id}/hold", new { reason = "Why" }, Ct)).ShouldRefuse(HttpStatusCode.BadRequest, "invalid");
        await (await doctor.PostAsJsonAsync($"/api/v1/staff/results/{id}/hold", new { reason = "Why", until = InThreeDays.AddDays(60) }, Ct)).ShouldRefuse(HttpStatusCode.BadRequest, "invalid");
        (await doctor.PostAsJsonAsync($"/api/v1/staff/results/{id}/hold", new { reason = "Why", until = InThreeDays }, Ct)).EnsureSuccessStatusCode();
        await (await doctor.PostAsJsonAsync($"/api/v1/staff/results/{id}/hold", new { reason = "Why", until = InThreeDays }, Ct)).ShouldRefuse(HttpStatusCode.UnprocessableEntity, "already_held");
    }

    [Fact]
    public async Task a_patient_or_the_front_desk_holds_nothing()
    {
        var (id, _, _) = await Arrived(app);
        foreach (var who in new[] { "james", "frontdesk" })
            (await (await app.SignInAs(who)).PostAsJsonAsync($"/api/v1/staff/results/{id}/hold", new { reason = "Why", until = InThreeDays }, Ct)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, who);
        (await (await app.SignInAs("drlee")).PostAsJsonAsync($"/api/v1/staff/results/{Guid.CreateVersion7()}/hold", new { reason = "Why", until = InThreeDays }, Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task R40_a_hold_ends_by_the_clock_without_anybody_acting()
    {
        await using var own = await PortalApp.New();
        var doctor = await own.SignInAs("drlee");
        var (id, name, _) = await Arrived(own);
        (await doctor.PostAsJsonAsync($"/api/v1/staff/results/{id}/hold", new { reason = "Told in person", until = own.Clock.GetUtcNow().AddDays(1) }, Ct)).EnsureSuccessStatusCode();
        own.Clock.Advance(TimeSpan.FromHours(23));
        var james = await own.SignInAs("james", fresh: true);
        (await james.Json("/api/v1/patients/me/results?limit=100")).Items().ShouldNotContain(i => i.Text("name") == name);
        own.Clock.Advance(TimeSpan.FromHours(2));
        james = await own.SignInAs("james", fresh: true);
        (await james.Json("/api/v1/patients/me/results?limit=100")).Items().ShouldContain(i => i.Text("name") == name);
    }
}
