namespace PatientPortal.Identity.Tests.ForStaff;

public sealed class ChangeAgeTiersTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    static object Tiers(params (int From, string[] Scopes)[] tiers) => new { tiers = tiers.Select(t => new { fromAge = t.From, parentScopes = t.Scopes, ownAccount = t.From >= 12 }) };

    [Fact]
    public async Task a_change_holds_from_the_next_request_on()
    {
        var daughter = await app.Daughter();
        var james = await app.SignInAs("james");
        (await james.GetAsync($"/api/v1/patients/{daughter}/results")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await app.SignInAs("admin")).PutAsJsonAsync("/api/v1/staff/age-tiers", Tiers((0, ["appointments"]), (12, ["messages"]), (18, [])))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await james.GetAsync($"/api/v1/patients/{daughter}/results")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task a_table_that_makes_no_sense_changes_nothing()
    {
        var admin = await app.SignInAs("admin");
        foreach (var bad in new[] { Tiers(), Tiers((1, ["records"]), (18, [])), Tiers((0, ["records"])), Tiers((0, []), (18, [])), Tiers((0, ["records"]), (18, []), (18, [])), Tiers((0, ["*"]), (18, [])), Tiers((0, ["records"]), (90, [])) })
            (await (await admin.PutAsJsonAsync("/api/v1/staff/age-tiers", bad)).FieldErrors("tiers")).ShouldNotBeEmpty();
        (await admin.See("/api/v1/staff/age-tiers")).GetProperty("tiers").GetArrayLength().ShouldBe(3);
    }

    [Fact]
    public async Task only_an_administrator_changes_them()
    {
        (await (await app.SignInAs("nurse")).PutAsJsonAsync("/api/v1/staff/age-tiers", Tiers((0, ["records"]), (18, [])))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await (await app.SignInAs("admin")).Page("/staff/age-tiers")).QuerySelectorAll("fieldset").Length.ShouldBe(4);
    }
}
