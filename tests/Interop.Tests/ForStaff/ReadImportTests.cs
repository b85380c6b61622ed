using System.Net;
using PatientPortal.Testing;
using Shouldly;
using Xunit;
using static PatientPortal.Interop.Tests.ForStaff.Sending;

namespace PatientPortal.Interop.Tests.ForStaff;

public sealed class ReadImportTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task a_report_can_be_read_again_and_its_quarantine_is_paged()
    {
        var client = await app.SignInAs("records");
        var bundle = Bundle([Patient("rip"), .. Enumerable.Range(0, 7).Select(n => Observation($"rip-{n}", "stranger"))]);
        var id = (await client.Import(bundle).Json()).GetProperty("id").GetString();
        var first = await client.GetAsync($"/api/v1/staff/imports/{id}?limit=5").Json();
        first.GetProperty("state").GetString().ShouldBe("done");
        first.Quarantine().Count.ShouldBe(5);
        first.GetProperty("patients").EnumerateArray().Single().GetProperty("reference").GetString().ShouldBe("Patient/rip");
        var rest = await client.GetAsync($"/api/v1/staff/imports/{id}?limit=5&cursor={first.GetProperty("quarantineNext").GetString()}").Json();
        rest.Quarantine().Count.ShouldBe(2);
        rest.GetProperty("quarantineNext").GetString().ShouldBeNull();
    }

    [Fact]
    public async Task an_import_that_never_was_is_not_found() =>
        (await (await app.SignInAs("records")).GetAsync($"/api/v1/staff/imports/{Guid.CreateVersion7()}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

    [Fact]
    public async Task a_cursor_of_ones_own_making_is_refused()
    {
        var client = await app.SignInAs("records");
        var id = (await client.Import(Bundle()).Json()).GetProperty("id").GetString();
        (await client.GetAsync($"/api/v1/staff/imports/{id}?cursor=-1")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task without_the_permission_it_is_forbidden() =>
        (await (await app.SignInAs("nurse")).GetAsync($"/api/v1/staff/imports/{Guid.CreateVersion7()}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

    [Fact]
    public async Task the_page_shows_what_became_of_it_and_asks_again_only_while_it_runs()
    {
        var client = await app.SignInAs("records");
        var id = (await client.Import(Bundle(Patient("page"), Observation("page-1", "stranger"))).Json()).GetProperty("id").GetString();
        using var page = await client.GetAsync($"/staff/import/{id}");
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        page.Headers.Contains("Refresh").ShouldBeFalse();
        var html = await page.Content.ReadAsStringAsync();
        html.ShouldContain("Observation/page-1");
        html.ShouldContain("1 of 2 resources were not stored");
        (await client.GetAsync($"/staff/import/{Guid.CreateVersion7()}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
