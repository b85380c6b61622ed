namespace PatientPortal.Scheduling.Tests.ForPatients;

public class ChooseTimeTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task the_first_page_names_the_kinds_of_visits_that_patients_book()
    {
        var page = await (await app.SignInAs("maria")).GetStringAsync("/visits/book", Clinic.Ct);
        page.ShouldContain("Follow-up visit");
        page.ShouldNotContain("Minor procedure");
    }

    [Fact]
    public async Task the_second_page_leads_to_a_time()
    {
        var maria = await app.SignInAs("maria");
        var type = (await maria.VisitType()).Text("id");
        var page = await maria.GetStringAsync($"/visits/book/{type}", Clinic.Ct);
        page.ShouldContain($"/visits/book/{type}/");
        page.ShouldContain("times in EST");
    }

    [Fact]
    public async Task a_kind_of_visit_that_is_not_there_is_not_found() =>
        (await (await app.SignInAs("maria")).GetStringAsync($"/visits/book/{Guid.Empty}", Clinic.Ct)).ShouldContain("There is nothing here");

    [Fact]
    public async Task somebody_elses_visit_cannot_be_moved_from_here()
    {
        var id = (await (await app.SignInAs("maria")).Json($"{Clinic.Mine}?status=upcoming")).Items().First().Text("id");
        (await (await app.SignInAs("aisha")).GetStringAsync($"/visits/{id}/move", Clinic.Ct)).ShouldContain("There is nothing here");
    }
}
