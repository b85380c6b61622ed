using PatientPortal.Kernel.Requests;
using PatientPortal.Records.ForPatients.ListGoals;
using static PatientPortal.Records.Tests.Charts;

namespace PatientPortal.Records.Tests.ForPatients;

public class ListGoalsTests(PortalApp app)
{
    [Fact]
    public async Task a_patient_sees_their_own()
    {
        var items = (await (await app.SignInAs("maria")).Json("/api/v1/patients/me/goals?limit=100")).Items();
        items.ShouldNotBeEmpty();
        items.ShouldAllBe(i => i.Text("name")!.Length > 3);
    }

    [Fact]
    public async Task a_made_up_cursor_is_refused() =>
        await (await (await app.SignInAs("maria")).GetAsync("/api/v1/patients/me/goals?cursor=nonsense", Ct)).ShouldRefuse(HttpStatusCode.BadRequest, "invalid");

    [Fact]
    public async Task somebody_elses_are_not_found() =>
        (await (await app.SignInAs("aisha")).GetAsync($"/api/v1/patients/{await app.ChartOf("maria")}/goals", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

    [Fact]
    public async Task a_list_is_one_statement_however_long_it_is() =>
        (await app.Statements<ListGoalsRequest, ReadyList>(await app.ChartOf("maria"), new(PageAsk.Of(100)))).ShouldBe(1);

    [Fact]
    public async Task a_goal_says_what_is_to_be_reached_by_when_and_how_far_it_is()
    {
        var (name, mistake) = (Fresh("Goal"), Fresh("Goal"));
        await app.Arrives(await app.ChartOf("james"), Fresh("ehr"),
            ("Goal", Fresh(), $$$"""{"resourceType":"Goal","lifecycleStatus":"active","achievementStatus":{"coding":[{"code":"improving"}]},"description":{"text":"{{{name}}}"},"subject":{"reference":"Patient/p"},"startDate":"2026-06-01","target":[{"measure":{"text":"Hemoglobin A1c"},"detailRange":{"high":{"value":7,"unit":"%"}},"dueDate":"2026-12-01"}]}"""),
            ("Goal", Fresh(), $$$"""{"resourceType":"Goal","lifecycleStatus":"entered-in-error","description":{"text":"{{{mistake}}}"},"subject":{"reference":"Patient/p"}}"""));
        var items = (await (await app.SignInAs("james")).Json("/api/v1/patients/me/goals?limit=100")).Items();
        var goal = items.Single(i => i.Text("name") == name);
        (goal.Text("status"), goal.Text("achievement"), goal.Text("due"), goal.GetProperty("targets")[0].GetString()).ShouldBe(("active", "improving", "2026-12-01", "Hemoglobin A1c: up to 7%"));
        items.ShouldNotContain(i => i.Text("name") == mistake);
    }
}
