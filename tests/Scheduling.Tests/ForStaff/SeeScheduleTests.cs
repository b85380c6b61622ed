namespace PatientPortal.Scheduling.Tests.ForStaff;

public class SeeScheduleTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task a_day_shows_its_visits_with_patients_and_the_hours_of_each_provider()
    {
        var desk = await app.SignInAs("frontdesk");
        var day = await desk.Json("/api/v1/staff/appointments?date=2026-11-23");
        day.Items().ShouldNotBeEmpty();
        day.Items().ShouldAllBe(v => v.Text("start").StartsWith("2026-11-23T", StringComparison.Ordinal));
        day.Items().First().GetProperty("patient").Text("name").ShouldNotBeEmpty();
        day.GetProperty("providers").EnumerateArray().First(p => p.Text("name") == "Dr. Hannah Lee").GetProperty("hours").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task one_provider_when_one_is_named()
    {
        var desk = await app.SignInAs("frontdesk");
        var lee = await desk.Provider();
        var day = await desk.Json($"/api/v1/staff/appointments?date=2026-11-23&provider={lee}");
        day.Items().ShouldAllBe(v => v.GetProperty("provider").Text("id") == lee);
        day.GetProperty("providers").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task a_patient_may_not_look() =>
        (await (await app.SignInAs("maria")).GetAsync("/api/v1/staff/appointments?date=2026-11-23", Clinic.Ct)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

    [Fact]
    public async Task a_date_that_is_none_is_named() =>
        await (await (await app.SignInAs("frontdesk")).GetAsync("/api/v1/staff/appointments?date=tomorrow", Clinic.Ct)).ShouldRefuse(HttpStatusCode.BadRequest, "invalid");

    [Fact]
    public async Task the_page_draws_the_day()
    {
        var page = await (await app.SignInAs("frontdesk")).GetStringAsync("/staff/schedule", Clinic.Ct);
        page.ShouldContain("Monday, November 23, 2026");
        page.ShouldContain("Dr. Hannah Lee");
        page.ShouldContain("times in CST");
    }

    [Fact]
    public async Task todays_numbers_are_a_card()
    {
        var answer = await (await app.SignInAs("frontdesk")).GetAsync("/staff", Clinic.Ct);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, string.Join("\n", app.Log.Lines.Where(l => l.StartsWith("Error", StringComparison.Ordinal))));
        (await answer.Content.ReadAsStringAsync(Clinic.Ct)).ShouldContain("Visits today");
    }
}
