namespace PatientPortal.Identity.Tests.ForStaff;

public sealed class NoteDuplicateTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task two_numbers_make_one_pair_whoever_notes_it_and_in_which_order()
    {
        var clerk = await app.SignInAs("records");
        var (maria, aisha) = (await app.ChartNumberOf("maria"), await app.ChartNumberOf("aisha"));
        var ids = new List<string?>();
        foreach (var (one, other) in new[] { (maria, aisha), (aisha.ToLowerInvariant(), maria.Replace("-", " ", StringComparison.Ordinal)) })
        {
            var answer = await clerk.PostAsJsonAsync("/api/v1/staff/duplicates", new { one, other });
            answer.StatusCode.ShouldBe(HttpStatusCode.Created);
            ids.Add((await answer.Json()).Text("id"));
        }
        ids.Distinct().Count().ShouldBe(1);
        (await app.Query("SELECT id FROM identity_duplicate_pairs")).Count.ShouldBe(1);
    }

    [Fact]
    public async Task unknown_numbers_and_one_chart_twice_are_refused_beside_the_field()
    {
        var clerk = await app.SignInAs("records");
        var maria = await app.ChartNumberOf("maria");
        (await (await clerk.PostAsJsonAsync("/api/v1/staff/duplicates", new { one = "NONE-SUCH", other = maria })).FieldErrors("one")).ShouldNotBeEmpty();
        (await (await clerk.PostAsJsonAsync("/api/v1/staff/duplicates", new { one = maria, other = maria })).FieldErrors("other")).ShouldNotBeEmpty();
        (await (await clerk.PostAsJsonAsync("/api/v1/staff/duplicates", new { one = maria })).FieldErrors("other")).ShouldNotBeEmpty();
        (await (await app.SignInAs("nurse")).PostAsJsonAsync("/api/v1/staff/duplicates", new { one = maria, other = maria })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task a_joined_charts_number_stands_for_the_one_that_stayed()
    {
        var (maria, aisha) = (await PortalApp.OwnChart(await app.SignInAs("maria")), await PortalApp.OwnChart(await app.SignInAs("aisha")));
        var (hers, others) = (await app.ChartNumberOf("maria"), await app.ChartNumberOf("aisha"));
        var clerk = await app.Clerk();
        await app.Join(clerk, aisha, maria);
        (await (await clerk.PostAsJsonAsync("/api/v1/staff/duplicates", new { one = hers, other = others })).FieldErrors("other")).ShouldNotBeEmpty();
    }
}
