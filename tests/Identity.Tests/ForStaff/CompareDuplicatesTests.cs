namespace PatientPortal.Identity.Tests.ForStaff;

public sealed class CompareDuplicatesTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task both_stand_side_by_side_with_reasons_and_both_logs_say_so()
    {
        var clerk = await app.SignInAs("records");
        var (maria, aisha) = (await PortalApp.OwnChart(await app.SignInAs("maria")), await PortalApp.OwnChart(await app.SignInAs("aisha")));
        var pair = await app.Pair(clerk, maria, aisha);
        var compared = await clerk.See($"/api/v1/staff/duplicates/{pair}");
        compared.GetProperty("reasons").EnumerateArray().Select(r => r.GetString()).ShouldContain("Different birth dates");
        new[] { compared.GetProperty("one").GetProperty("id").GetGuid(), compared.GetProperty("other").GetProperty("id").GetGuid() }.ShouldBe([maria, aisha], ignoreOrder: true);
        foreach (var who in new[] { "maria", "aisha" })
            (await (await app.SignInAs(who)).See("/api/v1/patients/me/access-log")).GetProperty("items").EnumerateArray().Select(l => l.Text("what")).ShouldContain("Compared this record with another that may be the same person’s", who);
        (await clerk.Page($"/staff/duplicates/{pair}")).QuerySelector($"a[href='/staff/duplicates/{pair}/merge']").ShouldNotBeNull();
    }

    [Fact]
    public async Task a_pair_that_is_not_there_is_not_found() =>
        (await (await app.SignInAs("records")).GetAsync($"/api/v1/staff/duplicates/{Guid.CreateVersion7()}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
}
