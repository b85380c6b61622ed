using static PatientPortal.Records.Tests.Charts;

namespace PatientPortal.Records.Tests.ForStaff;

public class ReviewResultsTests(PortalApp app)
{
    [Fact]
    public async Task an_abnormal_result_that_nobody_read_for_a_week_is_followed_up()
    {
        await using var own = await PortalApp.New();
        var (source, name) = (Fresh("ehr"), Fresh("Unread"));
        await own.Arrives(await own.ChartOf("james"), source, Observation(Fresh(), name: name, more: ",\"referenceRange\":[{\"high\":{\"value\":5}}]"));
        (await (await own.SignInAs("drlee")).Json("/api/v1/staff/results?status=unseen&limit=100")).Items().ShouldNotContain(i => i.Text("name") == name);
        own.Clock.Advance(TimeSpan.FromDays(8));
        var doctor = await own.SignInAs("drlee", fresh: true);
        (await doctor.Json("/api/v1/staff/results?status=unseen&limit=100")).Items().ShouldContain(i => i.Text("name") == name && i.Text("patientName")!.StartsWith("James"));
    }

    [Fact]
    public async Task a_status_that_does_not_exist_is_refused() =>
        await (await (await app.SignInAs("drlee")).GetAsync("/api/v1/staff/results?status=all", Ct)).ShouldRefuse(HttpStatusCode.BadRequest, "invalid");

    [Fact]
    public async Task patients_do_not_see_it() => (await (await app.SignInAs("maria")).GetAsync("/api/v1/staff/results", Ct)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
}
