using System.Net;
using System.Text;
using PatientPortal.Kernel.Auditing;
using PatientPortal.Testing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;
using static PatientPortal.Interop.Tests.ForStaff.Sending;

namespace PatientPortal.Interop.Tests.ForStaff;

public sealed class DownloadImportTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task the_original_comes_back_byte_for_byte_and_the_patient_can_see_who_took_it()
    {
        var client = await app.SignInAs("records");
        var bundle = Bundle(Patient("dip"), Observation("dip-1", "dip", more: $",\"note\":[{{\"text\":\"{new string('ñ', 100_000)}\"}}]"));
        var id = (await client.Import(bundle).Json()).GetProperty("id").GetString();
        (await client.GetByteArrayAsync($"/api/v1/staff/imports/{id}/original")).ShouldBe(Encoding.UTF8.GetBytes(bundle));
        var trail = await app.Services.GetRequiredService<IAuditReader>().Read(new(Take: 5), CancellationToken.None);
        trail.ShouldContain(e => e.Says == "Downloaded an imported file that holds this record" && e.PatientId != null);
    }

    [Fact]
    public async Task of_a_file_that_was_no_bundle_nothing_is_kept()
    {
        var client = await app.SignInAs("records");
        await client.Import("{").Json(HttpStatusCode.BadRequest);
        var failed = (await client.GetAsync("/api/v1/staff/imports").Json()).GetProperty("items").EnumerateArray().First(i => i.GetProperty("state").GetString() is "failed");
        (await client.GetAsync($"/api/v1/staff/imports/{failed.GetProperty("id").GetString()}/original")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task who_may_import_and_not_see_results_or_the_other_way_round_does_not_get_it()
    {
        var id = (await (await app.SignInAs("records")).Import(Bundle(Patient("dop"), Observation("dop-1", "dop"))).Json()).GetProperty("id").GetString();
        foreach (var half in new[] { "admin", "nurse" })
            (await (await app.SignInAs(half)).GetAsync($"/api/v1/staff/imports/{id}/original")).StatusCode.ShouldBe(HttpStatusCode.Forbidden, half);
        (await (await app.SignInAs("records")).GetAsync($"/api/v1/staff/imports/{id}/original")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
