using System.Net;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Pharmacy.Tests.ForStaff;

public sealed class ListRefillQueueTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task what_waits_stands_oldest_first_with_its_patient()
    {
        var refill = await app.AskedRefill(await app.SignInAs("maria"));
        var items = (await (await app.SignInAs("pharmacist")).Json("/api/v1/staff/refill-requests?limit=100")).GetProperty("items").EnumerateArray().ToList();
        items.ShouldAllBe(i => i.Text("status") == "requested" || i.Text("status") == "in_review");
        var asked = items.Select(i => DateTimeOffset.Parse(i.Text("askedAt")!)).ToList();
        asked.ShouldBe(asked.Order());
        items.Single(i => i.GetProperty("id").GetGuid() == refill).Text("patientName").ShouldBe("Maria Alvarez");
    }

    [Fact]
    public async Task a_state_filters_and_an_unknown_one_is_refused()
    {
        var pharmacist = await app.SignInAs("pharmacist");
        (await pharmacist.Json("/api/v1/staff/refill-requests?status=denied")).GetProperty("items").EnumerateArray().ShouldAllBe(i => i.Text("status") == "denied");
        (await pharmacist.GetAsync("/api/v1/staff/refill-requests?status=eaten")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task the_queue_pages_without_losing_any()
    {
        var pharmacist = await app.SignInAs("pharmacist");
        var all = (await pharmacist.Json("/api/v1/staff/refill-requests?status=all&limit=100")).GetProperty("items").GetArrayLength();
        var seen = new HashSet<string?>();
        for (string? next = ""; next is not null;)
        {
            var page = await pharmacist.Json($"/api/v1/staff/refill-requests?status=all&limit=3{(next.Length > 0 ? $"&cursor={next}" : "")}");
            foreach (var item in page.GetProperty("items").EnumerateArray()) seen.Add(item.Text("id")).ShouldBeTrue();
            next = page.Text("next");
        }
        seen.Count.ShouldBe(all);
    }

    [Fact]
    public async Task patients_do_not_see_the_queue() =>
        (await (await app.SignInAs("maria")).GetAsync("/api/v1/staff/refill-requests")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
}
