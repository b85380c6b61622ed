using System.Net;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Pharmacy.Tests.ForPatients;

public sealed class ListMedicationsTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task each_medication_says_what_may_be_requested_or_why_not()
    {
        var maria = await app.SignInAs("maria");
        var items = (await maria.Json("/api/v1/patients/me/medications?limit=100")).GetProperty("items").EnumerateArray().ToList();
        var said = items.ToDictionary(i => i.Text("name")!.Split(' ')[0], i => i.GetProperty("request"));
        said["Lisinopril"].Text("may").ShouldBe("refill");
        said["Atorvastatin"].Text("code").ShouldBe("too_early");
        said["Atorvastatin"].Text("from").ShouldNotBeNull();
        said["Metformin"].Text("code").ShouldBe("already_requested");
        said["Hydrochlorothiazide"].Text("code").ShouldBe("stopped");
        items.ShouldAllBe(i => i.GetProperty("request").Text("nextStep")!.Length > 10);
        items.Select(i => i.Text("status")).ShouldBe(items.Select(i => i.Text("status")).OrderBy(s => s is "active" ? 0 : 1), "what is taken now stands first");
    }

    [Fact]
    public async Task pages_lose_nothing_and_repeat_nothing()
    {
        var maria = await app.SignInAs("maria");
        var all = (await maria.Json("/api/v1/patients/me/medications?limit=100")).GetProperty("items").EnumerateArray().Select(i => i.Text("id")).ToList();
        var seen = new List<string?>();
        for (string? next = ""; next is not null;)
        {
            var page = await maria.Json($"/api/v1/patients/me/medications?limit=2{(next.Length > 0 ? $"&cursor={next}" : "")}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.Text("id")));
            next = page.Text("next");
        }
        seen.ShouldBe(all);
    }

    [Fact]
    public async Task a_cursor_that_we_never_gave_is_refused() =>
        (await (await app.SignInAs("maria")).GetAsync("/api/v1/patients/me/medications?cursor=abc")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

    [Fact]
    public async Task somebody_elses_list_is_not_found()
    {
        var maria = await PortalApp.OwnChart(await app.SignInAs("maria"));
        (await (await app.SignInAs("aisha")).GetAsync($"/api/v1/patients/{maria}/medications")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
