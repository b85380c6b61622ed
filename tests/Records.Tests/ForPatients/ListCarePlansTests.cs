using PatientPortal.Kernel.Requests;
using PatientPortal.Records.ForPatients.ListCarePlans;
using static PatientPortal.Records.Tests.Charts;

namespace PatientPortal.Records.Tests.ForPatients;

public class ListCarePlansTests(PortalApp app)
{
    [Fact]
    public async Task a_patient_sees_their_own()
    {
        var items = (await (await app.SignInAs("maria")).Json("/api/v1/patients/me/care-plans?limit=100")).Items();
        items.ShouldNotBeEmpty();
        items.ShouldAllBe(i => i.Text("name")!.Length > 3);
    }

    [Fact]
    public async Task a_made_up_cursor_is_refused() =>
        await (await (await app.SignInAs("maria")).GetAsync("/api/v1/patients/me/care-plans?cursor=nonsense", Ct)).ShouldRefuse(HttpStatusCode.BadRequest, "invalid");

    [Fact]
    public async Task somebody_elses_are_not_found() =>
        (await (await app.SignInAs("aisha")).GetAsync($"/api/v1/patients/{await app.ChartOf("maria")}/care-plans", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

    [Fact]
    public async Task a_list_is_one_statement_however_long_it_is() =>
        (await app.Statements<ListCarePlansRequest, ReadyList>(await app.ChartOf("maria"), new(PageAsk.Of(100)))).ShouldBe(1);

    [Fact]
    public async Task a_plan_has_its_words_without_markup_and_what_is_to_be_done()
    {
        var (title, draft) = (Fresh("Plan"), Fresh("Plan"));
        await app.Arrives(await app.ChartOf("james"), Fresh("ehr"),
            ("CarePlan", Fresh(), $$$$"""{"resourceType":"CarePlan","status":"active","intent":"plan","title":"{{{{title}}}}","subject":{"reference":"Patient/p"},"text":{"status":"generated","div":"<div xmlns=\"http://www.w3.org/1999/xhtml\"><p>Walk &amp; rest.</p><script>alert(1)</script></div>"},"activity":[{"detail":{"status":"scheduled","code":{"text":"Diet class"}}}]}"""),
            ("CarePlan", Fresh(), $$$$"""{"resourceType":"CarePlan","status":"draft","intent":"plan","title":"{{{{draft}}}}","subject":{"reference":"Patient/p"}}"""));
        var items = (await (await app.SignInAs("james")).Json("/api/v1/patients/me/care-plans?limit=100")).Items();
        var plan = items.Single(i => i.Text("name") == title);
        plan.Text("words").ShouldBe("Walk & rest.");
        (plan.GetProperty("activities")[0].Text("name"), plan.GetProperty("activities")[0].Text("status")).ShouldBe(("Diet class", "scheduled"));
        items.ShouldNotContain(i => i.Text("name") == draft);
    }
}
