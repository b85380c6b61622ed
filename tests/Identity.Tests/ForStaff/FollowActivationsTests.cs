namespace PatientPortal.Identity.Tests.ForStaff;

public sealed class FollowActivationsTests : IAsyncLifetime
{
    const string All = "/api/v1/staff/activation-codes";

    PortalApp app = null!;
    HttpClient desk = null!;

    public async ValueTask InitializeAsync()
    {
        app = await PortalApp.New();
        desk = await app.SignInAs("frontdesk");
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    async Task<string> Issue(int skip = 0)
    {
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        var patient = (await desk.NobodysChart(skip)).Text("id")!;
        (await desk.PostAsync($"/api/v1/staff/patients/{patient}/activation-codes", null)).StatusCode.ShouldBe(HttpStatusCode.Created);
        return patient;
    }

    async Task<string?[]> Patients(string state) => [.. (await desk.See($"{All}?state={state}")).GetProperty("items").EnumerateArray().Select(i => i.Text("patientId"))];

    [Fact]
    public async Task codes_are_found_by_their_state()
    {
        var patient = await Issue();
        (await Patients("waiting")).ShouldBe([patient]);
        await Issue();
        (await Patients("waiting")).ShouldBe([patient]);
        (await Patients("revoked")).ShouldBe([patient]);
        (await Patients("used")).ShouldBeEmpty();

        app.Clock.Advance(TimeSpan.FromDays(8));
        desk = await app.SignInAs("frontdesk", fresh: true);
        (await Patients("waiting")).ShouldBeEmpty();
        (await Patients("expired")).ShouldBe([patient]);
    }

    [Fact]
    public async Task pages_follow_one_another()
    {
        var (first, second) = (await Issue(), await Issue(1));
        var page = await desk.See($"{All}?limit=1");
        page.GetProperty("items")[0].Text("patientId").ShouldBe(second);
        (await desk.See($"{All}?limit=1&cursor={page.Text("next")}")).GetProperty("items")[0].Text("patientId").ShouldBe(first);
    }

    [Fact]
    public async Task what_makes_no_sense_is_refused()
    {
        (await desk.GetAsync($"{All}?state=nonsense")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await desk.GetAsync($"{All}?cursor=nonsense")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await (await app.SignInAs("maria")).GetAsync(All)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task the_page_leads_to_the_patients_codes()
    {
        var patient = await Issue();
        var page = await desk.Page("/staff/activation-codes");
        page.QuerySelector($"main a[href='/staff/patients/{patient}/activation-codes']").ShouldNotBeNull();
        (await desk.Page("/staff/activation-codes?state=used")).QuerySelector("main")!.TextContent.ShouldContain("None");
    }
}
