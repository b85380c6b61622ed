namespace PatientPortal.Scheduling.Tests.ForMembers;

public class ListVisitTypesTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task what_patients_book_is_listed_with_its_rules_and_what_staff_book_is_not()
    {
        var types = (await (await app.SignInAs("maria")).Json("/api/v1/visit-types")).Items().ToList();
        types.Select(t => t.Text("name")).ShouldContain("Follow-up visit");
        types.Select(t => t.Text("name")).ShouldNotContain("Minor procedure");
        types.ShouldAllBe(t => t.GetProperty("minutes").GetInt32() > 0 && t.GetProperty("providers").GetArrayLength() > 0);
    }

    [Fact]
    public async Task nobody_looks_without_signing_in() =>
        (await app.Anonymous().GetAsync("/api/v1/visit-types", Clinic.Ct)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
}
