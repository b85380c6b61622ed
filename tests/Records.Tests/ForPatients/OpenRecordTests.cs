using PatientPortal.Records.ForPatients.OpenRecord;

namespace PatientPortal.Records.Tests.ForPatients;

public class OpenRecordTests(PortalApp app)
{
    [Fact]
    public async Task the_record_is_counted_in_two_statements() =>
        (await app.Statements<OpenRecordRequest, RecordOverview>(await app.ChartOf("maria"), new())).ShouldBe(2);

    [Fact]
    public async Task nobody_opens_it_without_signing_in() =>
        (await app.Anonymous().GetAsync("/record", Charts.Ct)).StatusCode.ShouldBeOneOf(HttpStatusCode.Redirect, HttpStatusCode.Unauthorized, HttpStatusCode.Found);
}
