namespace PatientPortal.Scheduling.Tests.ForPatients;

public class ListAppointmentsTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task what_is_ahead_comes_nearest_first_and_what_is_past_newest_first()
    {
        var maria = await app.SignInAs("maria");
        var ahead = (await maria.Json($"{Clinic.Mine}?status=upcoming")).Items().Select(v => v.GetProperty("start").GetDateTimeOffset()).ToList();
        var past = (await maria.Json($"{Clinic.Mine}?status=past")).Items().Select(v => v.GetProperty("start").GetDateTimeOffset()).ToList();
        ahead.ShouldNotBeEmpty();
        ahead.ShouldBe(ahead.Order());
        past.ShouldNotBeEmpty();
        past.ShouldBe(past.OrderDescending());
    }

    [Fact]
    public async Task pages_follow_each_other_without_a_gap_or_a_repeat()
    {
        var maria = await app.SignInAs("maria");
        var all = (await maria.Json($"{Clinic.Mine}?limit=100")).Items().Select(v => v.Text("id")).ToList();
        var walked = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await maria.Json($"{Clinic.Mine}?limit=3{(cursor.Length > 0 ? "&cursor=" + cursor : "")}");
            walked.AddRange(page.Items().Select(v => v.Text("id")));
            cursor = page.GetProperty("next").GetString();
        }
        walked.ShouldBe(all);
    }

    [Fact]
    public async Task a_stretch_of_dates_is_kept()
    {
        var maria = await app.SignInAs("maria");
        var first = (await maria.Json($"{Clinic.Mine}?status=upcoming")).Items().First().GetProperty("start").GetDateTimeOffset();
        var day = Zones.Date(first, "America/New_York").ToString("yyyy-MM-dd", null);
        var that = (await maria.Json($"{Clinic.Mine}?from={day}&to={day}")).Items().ToList();
        that.ShouldHaveSingleItem().GetProperty("start").GetDateTimeOffset().ShouldBe(first);
    }

    [Theory]
    [InlineData("status=soon", "status")]
    [InlineData("from=yesterday", "from")]
    [InlineData("to=2026-13-01", "to")]
    [InlineData("cursor=nonsense", "cursor")]
    public async Task what_cannot_be_read_is_named(string query, string field)
    {
        var answer = await (await app.SignInAs("maria")).GetAsync($"{Clinic.Mine}?{query}", Clinic.Ct);
        await answer.ShouldRefuse(HttpStatusCode.BadRequest, "invalid");
        (await answer.Json()).GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue();
    }

    [Fact]
    public async Task somebody_elses_list_is_not_found()
    {
        var maria = await PortalApp.OwnChart(await app.SignInAs("maria"));
        var answer = await (await app.SignInAs("james")).GetAsync($"/api/v1/patients/{maria}/appointments", Clinic.Ct);
        await answer.ShouldRefuse(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task the_page_shows_both()
    {
        var page = await (await app.SignInAs("maria")).GetStringAsync("/visits", Clinic.Ct);
        page.ShouldContain("Past and cancelled");
        page.ShouldContain("Follow-up visit");
    }
}
