namespace PatientPortal.Identity.Tests.ForMembers;

public sealed class SeeAccountTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task a_patient_sees_how_they_are_known_and_where_they_are_signed_in()
    {
        var account = await (await app.SignInAs("maria")).See("/api/v1/me/account");
        account.Text("username").ShouldBe("maria");
        account.GetProperty("chart").Text("chartNumber").ShouldNotBeNullOrEmpty();
        account.GetProperty("sessions").EnumerateArray().Count(s => s.GetProperty("current").GetBoolean()).ShouldBe(1);
    }

    [Fact]
    public async Task staff_have_an_account_without_a_chart()
    {
        var account = await (await app.SignInAs("nurse")).See("/api/v1/me/account");
        account.GetProperty("chart").ValueKind.ShouldBe(JsonValueKind.Null);
        account.Text("role").ShouldBe("Nurse");
        account.GetProperty("secondFactor").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task nobody_sees_an_account_without_signing_in() =>
        (await app.Anonymous().GetAsync("/api/v1/me/account")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
}
