using System.Net;
using PatientPortal.Testing;
using Shouldly;
using Xunit;
using static PatientPortal.Interop.Tests.ForStaff.Sending;

namespace PatientPortal.Interop.Tests.ForStaff;

public sealed class ListImportsTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task imports_are_listed_newest_first_page_by_page()
    {
        var client = await app.SignInAs("records");
        var ids = new List<string?>();
        for (var n = 0; n < 3; n++)
        {
            app.Clock.Advance(TimeSpan.FromSeconds(1));
            ids.Add((await client.Import(Bundle()).Json()).GetProperty("id").GetString());
        }
        await client.Import("{").Json(HttpStatusCode.BadRequest);
        var first = await client.GetAsync("/api/v1/staff/imports?limit=2").Json();
        var next = await client.GetAsync($"/api/v1/staff/imports?limit=2&cursor={first.GetProperty("next").GetString()}").Json();
        var items = first.GetProperty("items").EnumerateArray().Concat(next.GetProperty("items").EnumerateArray()).ToList();
        items.Count.ShouldBe(4);
        items.Where(i => i.GetProperty("state").GetString() is "done").Select(i => i.GetProperty("id").GetString()).ShouldBe(Enumerable.Reverse(ids));
        items.Single(i => i.GetProperty("state").GetString() is "failed").GetProperty("problem").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task a_cursor_of_ones_own_making_is_refused() =>
        (await (await app.SignInAs("records")).GetAsync("/api/v1/staff/imports?cursor=x")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

    [Fact]
    public async Task without_the_permission_it_is_forbidden() =>
        (await (await app.SignInAs("nurse")).GetAsync("/api/v1/staff/imports")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
}
