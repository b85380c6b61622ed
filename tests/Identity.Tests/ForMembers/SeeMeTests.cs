namespace PatientPortal.Identity.Tests.ForMembers;

public sealed class SeeMeTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task a_patient_finds_their_own_chart_first()
    {
        var me = await (await app.SignInAs("maria")).See("/api/v1/me");
        me.Text("kind").ShouldBe("patient");
        me.GetProperty("roles").GetArrayLength().ShouldBe(0);
        var own = me.GetProperty("patients")[0];
        own.Text("relation").ShouldBe("self");
        own.GetProperty("scopes")[0].GetString().ShouldBe("*");
    }

    [Fact]
    public async Task a_proxy_finds_those_they_care_for_with_their_scopes()
    {
        var me = await (await app.SignInAs("james")).See("/api/v1/me");
        var daughter = me.GetProperty("patients").EnumerateArray().Single(p => p.Text("relation") is not "self");
        daughter.GetProperty("scopes").EnumerateArray().Select(s => s.GetString()).ShouldContain("appointments");
    }

    [Fact]
    public async Task staff_see_their_role_and_no_patients()
    {
        var me = await (await app.SignInAs("nurse")).See("/api/v1/me");
        me.Text("kind").ShouldBe("staff");
        me.GetProperty("roles")[0].GetString().ShouldBe("Nurse");
        me.GetProperty("patients").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task without_a_session_one_is_asked_to_sign_in()
    {
        var answer = await app.Anonymous().GetAsync("/api/v1/me");
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        (await answer.Code()).ShouldBe("not_signed_in");
    }
}
