namespace PatientPortal.Identity.Tests.ForStaff;

public sealed class ListRecoveriesTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task the_newest_stands_first_page_by_page()
    {
        foreach (var name in new[] { "maria", "james", "aisha" })
        {
            await app.LosesFactor(name);
            (await app.OpenRecovery(name)).StatusCode.ShouldBe(HttpStatusCode.Created);
        }
        var desk = await app.SignInAs("frontdesk", fresh: true);
        var first = await desk.See("/api/v1/staff/recoveries?limit=2");
        first.GetProperty("items").GetArrayLength().ShouldBe(2);
        var rest = await desk.See($"/api/v1/staff/recoveries?limit=2&cursor={first.Text("next")}");
        rest.GetProperty("items")[0].GetProperty("account").GetGuid().ShouldBe(await app.AccountOf("maria"));
        (await desk.GetAsync("/api/v1/staff/recoveries?cursor=nonsense")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task a_withdrawn_one_opens_nothing_and_its_account_is_told()
    {
        await app.LosesFactor();
        var id = (await (await app.OpenRecovery()).Json()).GetProperty("id").GetGuid();
        var desk = await app.SignInAs("frontdesk", fresh: true);
        for (var n = 0; n < 2; n++) (await desk.PostAsync($"/api/v1/staff/recoveries/{id}/withdraw", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await desk.PostAsync($"/api/v1/staff/recoveries/{Guid.CreateVersion7()}/withdraw", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await app.WasTold(await app.EmailOf("maria"), "was stopped. Nothing was changed")).ShouldBeTrue();
        app.Wait(TimeSpan.FromHours(25));
        (await (await app.BeginRecovery()).Code()).ShouldBe("no_recovery");
    }

    [Fact]
    public async Task a_colleagues_case_is_not_there_for_who_does_not_manage_accounts()
    {
        var id = (await (await app.OpenRecovery("nurse", by: "admin")).Json()).GetProperty("id").GetGuid();
        (await (await app.SignInAs("frontdesk", fresh: true)).PostAsync($"/api/v1/staff/recoveries/{id}/withdraw", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await app.SignInAs("admin", fresh: true)).See("/api/v1/staff/recoveries")).GetProperty("items")[0].Text("kind").ShouldBe("staff");
    }
}
