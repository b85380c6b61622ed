namespace PatientPortal.Scheduling.Tests.ForMembers;

public class ListProvidersTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task providers_are_listed_with_their_places_and_what_they_offer()
    {
        var maria = await app.SignInAs("maria");
        var lee = (await maria.Json("/api/v1/providers")).Items().First(p => p.Text("name") == "Dr. Hannah Lee");
        lee.GetProperty("locations")[0].Text("zone").ShouldBe("America/New_York");
        lee.GetProperty("visitTypes").EnumerateArray().Select(v => v.GetString()).ShouldContain((await maria.VisitType()).Text("id"));
    }

    [Fact]
    public async Task only_those_who_offer_a_kind_of_visit_when_one_is_named()
    {
        var maria = await app.SignInAs("maria");
        var prenatal = (await maria.VisitType("Prenatal visit")).Text("id");
        (await maria.Json($"/api/v1/providers?visitType={prenatal}")).Items().Single().Text("name").ShouldBe("Dr. Ingrid Sørensen");
    }

    [Fact]
    public async Task nobody_looks_without_signing_in() =>
        (await app.Anonymous().GetAsync("/api/v1/providers", Clinic.Ct)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
}
