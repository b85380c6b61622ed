using PatientPortal.Kernel.Requests;
using PatientPortal.Records.ForPatients.ListDocuments;
using static PatientPortal.Records.Tests.Charts;

namespace PatientPortal.Records.Tests.ForPatients;

public class ListDocumentsTests(PortalApp app)
{
    [Fact]
    public async Task a_patient_sees_their_own()
    {
        var name = Fresh("Directive");
        await app.Arrives(await app.ChartOf("james"), Fresh("ehr"),
            ("DocumentReference", Fresh(), $$"""{"resourceType":"DocumentReference","status":"current","type":{"text":"{{name}}"},"subject":{"reference":"Patient/p"},"content":[{"attachment":{"contentType":"application/pdf","data":"JVBERg=="} }]}"""),
            ("DocumentReference", Fresh(), $$"""{"resourceType":"DocumentReference","status":"entered-in-error","type":{"text":"{{name}}"},"subject":{"reference":"Patient/p"},"content":[{"attachment":{"contentType":"application/pdf","data":"JVBERg=="} }]}"""));
        var document = (await (await app.SignInAs("james")).Json("/api/v1/patients/me/documents?limit=100")).Items().Where(i => i.Text("name") == name).ShouldHaveSingleItem();
        (document.GetProperty("attachments")[0].Text("contentType"), document.GetProperty("attachments")[0].GetProperty("size").GetInt64()).ShouldBe(("application/pdf", 4));
    }

    [Fact]
    public async Task a_made_up_cursor_is_refused() =>
        await (await (await app.SignInAs("maria")).GetAsync("/api/v1/patients/me/documents?cursor=nonsense", Ct)).ShouldRefuse(HttpStatusCode.BadRequest, "invalid");

    [Fact]
    public async Task somebody_elses_are_not_found() =>
        (await (await app.SignInAs("aisha")).GetAsync($"/api/v1/patients/{await app.ChartOf("maria")}/documents", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

    [Fact]
    public async Task a_list_is_one_statement_however_long_it_is() =>
        (await app.Statements<ListDocumentsRequest, ReadyList>(await app.ChartOf("maria"), new(PageAsk.Of(100)))).ShouldBe(1);
}
