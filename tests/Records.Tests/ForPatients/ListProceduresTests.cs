using PatientPortal.Kernel.Requests;
using PatientPortal.Records.ForPatients.ListProcedures;
using static PatientPortal.Records.Tests.Charts;

namespace PatientPortal.Records.Tests.ForPatients;

public class ListProceduresTests(PortalApp app)
{
    [Fact]
    public async Task a_patient_sees_their_own()
    {
        var items = (await (await app.SignInAs("maria")).Json("/api/v1/patients/me/procedures?limit=100")).Items();
        items.ShouldNotBeEmpty();
        items.ShouldAllBe(i => i.Text("name")!.Length > 3);
    }

    [Fact]
    public async Task a_made_up_cursor_is_refused() =>
        await (await (await app.SignInAs("maria")).GetAsync("/api/v1/patients/me/procedures?cursor=nonsense", Ct)).ShouldRefuse(HttpStatusCode.BadRequest, "invalid");

    [Fact]
    public async Task somebody_elses_are_not_found() =>
        (await (await app.SignInAs("aisha")).GetAsync($"/api/v1/patients/{await app.ChartOf("maria")}/procedures", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

    [Fact]
    public async Task a_list_is_one_statement_however_long_it_is() =>
        (await app.Statements<ListProceduresRequest, ReadyList>(await app.ChartOf("maria"), new(PageAsk.Of(100)))).ShouldBe(1);
}
