namespace PatientPortal.Identity.Tests.ForStaff;

public sealed class ReadGrantDocumentTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task a_paper_that_is_not_there_is_not_found_and_not_everybodys_to_read()
    {
        var daughter = await app.Daughter();
        (await (await app.SignInAs("frontdesk")).GetAsync($"/api/v1/staff/patients/{daughter}/proxy-documents/{Guid.CreateVersion7()}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await app.SignInAs("pharmacist")).GetAsync($"/api/v1/staff/patients/{daughter}/proxy-documents/{Guid.CreateVersion7()}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
