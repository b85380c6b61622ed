namespace PatientPortal.Identity.Tests.ForStaff;

public sealed class FindPatientsTests(PortalApp app) : IClassFixture<PortalApp>
{
    async Task<List<JsonElement>> Find(string query)
    {
        using var desk = await app.SignInAs("frontdesk");
        return [.. (await desk.See($"/api/v1/staff/patients?query={Uri.EscapeDataString(query)}")).GetProperty("items").EnumerateArray()];
    }

    async Task<JsonElement> Maria()
    {
        using var maria = await app.SignInAs("maria");
        return await maria.See("/api/v1/patients/me");
    }

    [Fact]
    public async Task by_name_in_any_order_and_case_by_birth_date_and_by_chart_number()
    {
        var maria = await Maria();
        foreach (var query in new[] { maria.Text("name")!, maria.Text("familyName")!.ToUpperInvariant() + ", " + maria.Text("givenName"), maria.Text("birthDate")!, maria.Text("chartNumber")!.ToLowerInvariant() })
            (await Find(query)).ShouldContain(p => p.Text("id") == maria.Text("id"), query);
    }

    [Fact]
    public async Task what_nobody_is_called_finds_nobody() => (await Find("zzyzx")).ShouldBeEmpty();

    [Theory]
    [InlineData("%")]
    [InlineData("_")]
    [InlineData("' OR 1=1 --")]
    public async Task signs_have_no_power(string query) => (await Find(query)).ShouldBeEmpty();

    [Fact]
    public async Task each_chart_that_is_shown_has_the_search_in_its_log()
    {
        var maria = await Maria();
        await Find(maria.Text("chartNumber")!);
        using var client = await app.SignInAs("maria");
        var log = await client.See("/api/v1/patients/me/access-log?others=true");
        log.GetProperty("items").EnumerateArray().ShouldContain(i => i.Text("what") == "Found this record in a search");
    }

    [Fact]
    public async Task a_list_goes_on_where_it_stopped()
    {
        using var desk = await app.SignInAs("frontdesk");
        var first = await desk.See("/api/v1/staff/patients?limit=3");
        var second = await desk.See($"/api/v1/staff/patients?limit=3&cursor={first.Text("next")}");
        first.GetProperty("items").EnumerateArray().Select(p => p.Text("id")).Intersect(second.GetProperty("items").EnumerateArray().Select(p => p.Text("id"))).ShouldBeEmpty();
    }

    [Fact]
    public async Task patients_do_not_search() =>
        (await (await app.SignInAs("maria")).GetAsync("/api/v1/staff/patients?query=a")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
}
