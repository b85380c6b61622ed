using PatientPortal.Kernel.Requests;
using PatientPortal.Records.ForPatients.ListResults;
using static PatientPortal.Records.Tests.Charts;

namespace PatientPortal.Records.Tests.ForPatients;

public class ListResultsTests(PortalApp app)
{
    const string Mine = "/api/v1/patients/me/results";

    [Fact]
    public async Task results_come_newest_first_a_panel_an_item_with_its_values()
    {
        var items = (await (await app.SignInAs("maria")).Json(Mine + "?limit=100")).Items();
        items.Count.ShouldBeGreaterThan(5);
        items.Select(i => i.GetProperty("collected").GetDateTimeOffset()).ShouldBeInOrder(SortDirection.Descending);
        var panel = items.First(i => i.Text("name") is "Cholesterol panel");
        var ldl = panel.GetProperty("values").EnumerateArray().First(v => v.Text("name") is "LDL cholesterol");
        (ldl.Text("unit"), ldl.TryGetProperty("range", out _), ldl.TryGetProperty("flag", out _)).ShouldBe(("mg/dL", true, true));
    }

    [Fact]
    public async Task pages_join_without_a_gap_or_a_double()
    {
        // Of its own: others hold and release her results meanwhile.
        await using var quiet = await PortalApp.New();
        var maria = await quiet.SignInAs("maria");
        var (all, cursor) = (new List<string?>(), "");
        do
        {
            var page = await maria.Json($"{Mine}?limit=3{(cursor is "" ? "" : "&cursor=" + cursor)}");
            all.AddRange(page.Items().Select(i => i.Text("id")));
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);
        all.ShouldBeUnique();
        all.Count.ShouldBe((await maria.Json(Mine + "?limit=100")).Items().Count);
    }

    [Fact]
    public async Task a_period_takes_its_last_day_in()
    {
        var maria = await app.SignInAs("maria");
        var day = (await maria.Json(Mine + "?limit=1")).Items()[0].Text("collected")![..10];
        var items = (await maria.Json($"{Mine}?from={day}&to={day}")).Items();
        items.ShouldNotBeEmpty();
        items.ShouldAllBe(i => i.Text("collected")!.StartsWith(day));
    }

    [Fact]
    public async Task a_period_that_ends_before_it_begins_and_a_made_up_cursor_are_refused()
    {
        var maria = await app.SignInAs("maria");
        await (await maria.GetAsync(Mine + "?from=2026-02-01&to=2026-01-01", Ct)).ShouldRefuse(HttpStatusCode.BadRequest, "invalid");
        await (await maria.GetAsync(Mine + "?cursor=nonsense", Ct)).ShouldRefuse(HttpStatusCode.BadRequest, "invalid");
    }

    [Fact]
    public async Task somebody_elses_results_are_not_found()
    {
        var aisha = await app.SignInAs("aisha");
        var other = await aisha.GetAsync($"/api/v1/patients/{await app.ChartOf("maria")}/results", Ct);
        var nobody = await aisha.GetAsync($"/api/v1/patients/{Guid.CreateVersion7()}/results", Ct);
        (other.StatusCode, nobody.StatusCode).ShouldBe((HttpStatusCode.NotFound, HttpStatusCode.NotFound));
    }

    [Theory]
    [InlineData("final", true), InlineData("corrected", true), InlineData("amended", true), InlineData("appended", true), InlineData("cancelled", true)]
    [InlineData("preliminary", false), InlineData("registered", false), InlineData("partial", false), InlineData("entered-in-error", false), InlineData("unknown", false)]
    public async Task R39_a_status_decides_whether_a_result_is_shown(string status, bool shown)
    {
        var (source, name) = (Fresh("ehr"), Fresh("Panel"));
        var one = Fresh("one");
        await app.Arrives(await app.ChartOf("james"), source, Report(Fresh(), [one], status: status, name: name), Observation(one));
        var found = (await (await app.SignInAs("james")).Json(Mine + "?limit=100&from=2026-11-20")).Items().Where(i => i.Text("name") == name).ToList();
        found.Count.ShouldBe(shown ? 1 : 0);
        if (status is "cancelled") found[0].GetProperty("values").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task R48_what_was_entered_in_error_disappears()
    {
        var (james, chart, source, id, name) = (await app.SignInAs("james"), await app.ChartOf("james"), Fresh("ehr"), Fresh(), Fresh("Mistaken"));
        await app.Arrives(chart, source, Observation(id, name: name));
        (await james.Json(Mine + "?limit=100")).Items().ShouldContain(i => i.Text("name") == name);
        await app.Arrives(chart, source, Observation(id, name: name, status: "entered-in-error"));
        (await james.Json(Mine + "?limit=100")).Items().ShouldNotContain(i => i.Text("name") == name);
    }

    [Fact]
    public async Task a_list_is_one_statement_however_long_it_is()
    {
        var chart = await app.ChartOf("maria");
        (await app.Statements<ListResultsRequest, ReadyList>(chart, new(null, null, PageAsk.Of(1)))).ShouldBe(1);
        (await app.Statements<ListResultsRequest, ReadyList>(chart, new(null, null, PageAsk.Of(100)))).ShouldBe(1);
    }
}
