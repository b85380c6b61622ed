using static PatientPortal.Records.Tests.Charts;

namespace PatientPortal.Records.Tests.ForStaff;

public class ReadChartTests(PortalApp app)
{
    [Theory]
    [InlineData("vitals"), InlineData("conditions"), InlineData("allergies"), InlineData("immunizations"), InlineData("procedures"), InlineData("visits"), InlineData("notes"), InlineData("documents"), InlineData("care-team")]
    public async Task staff_read_each_list_in_the_patients_own_shape(string section)
    {
        var chart = await app.ChartOf("maria");
        var own = await (await app.SignInAs("maria")).GetStringAsync($"/api/v1/patients/me/{section}", Ct);
        (await (await app.SignInAs("drlee")).GetStringAsync($"/api/v1/staff/patients/{chart}/{section}", Ct)).ShouldBe(own);
    }

    [Fact]
    public async Task the_front_desk_does_not_read_charts_and_an_unknown_one_is_not_found()
    {
        (await (await app.SignInAs("frontdesk")).GetAsync($"/api/v1/staff/patients/{await app.ChartOf("maria")}/allergies", Ct)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await (await app.SignInAs("drlee")).GetAsync($"/api/v1/staff/patients/{Guid.CreateVersion7()}/allergies", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
