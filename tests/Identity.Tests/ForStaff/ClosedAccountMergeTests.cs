using PatientPortal.Identity.Data;

namespace PatientPortal.Identity.Tests.ForStaff;

/// <summary>A closed account and a merge, in every order: whoever uses an account goes on with it, and no merge and no undoing opens what its owner closed.</summary>
public sealed class ClosedAccountMergeTests : IAsyncLifetime
{
    PortalApp app = null!;
    Guid maria, aisha;

    public async ValueTask InitializeAsync()
    {
        app = await PortalApp.New();
        (maria, aisha) = (await PortalApp.OwnChart(await app.SignInAs("maria")), await PortalApp.OwnChart(await app.SignInAs("aisha")));
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    async Task Close(string who) => (await (await app.SignInAs(who, fresh: true)).PostAsJsonAsync("/api/v1/me/close", new { sure = true })).StatusCode.ShouldBe(HttpStatusCode.NoContent);

    async Task<bool> SignsIn(string who) => (await app.Anonymous().SignIn(who, PortalApp.Password)).StatusCode is HttpStatusCode.OK;

    async Task<(Guid? Maria, Guid? Aisha)> Charts() => await app.Inside(s =>
    {
        var accounts = s.GetRequiredService<IdentityDb>().Accounts;
        return Task.FromResult((accounts.Single(a => a.UserNameKey == "maria").PatientId, accounts.Single(a => a.UserNameKey == "aisha").PatientId));
    });

    async Task Undo(Guid merge)
    {
        (await (await app.Clerk()).Undo(merge)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await app.CourierIsIdle();
    }

    Task<List<string>> Told() => app.Query("SELECT id, account_id FROM messaging_known_patients ORDER BY id");

    [Fact]
    public async Task R37_closed_at_the_chart_that_stays_the_account_in_use_follows_and_both_go_back()
    {
        await Close("maria");
        await app.CourierIsIdle();
        var told = await Told();
        var merge = await app.Join(await app.Clerk(), aisha, maria);
        await app.CourierIsIdle();
        (await Charts()).ShouldBe((aisha, maria));
        (await (await app.SignInAs("aisha", fresh: true)).See("/api/v1/patients/me")).GetProperty("id").GetGuid().ShouldBe(maria);
        (await SignsIn("maria")).ShouldBeFalse();
        (await Told()).ShouldNotBe(told);

        await Undo(merge);
        (await Charts()).ShouldBe((maria, aisha));
        (await (await app.SignInAs("aisha", fresh: true)).See("/api/v1/patients/me")).GetProperty("id").GetGuid().ShouldBe(aisha);
        (await SignsIn("maria")).ShouldBeFalse();
        (await Told()).ShouldBe(told);
    }

    [Fact]
    public async Task R37_closed_at_the_chart_that_is_absorbed_it_stays_closed_through_merge_and_undoing()
    {
        await Close("aisha");
        var merge = await app.Join(await app.Clerk(), aisha, maria);
        (await SignsIn("maria")).ShouldBeTrue();
        (await SignsIn("aisha")).ShouldBeFalse();
        await Undo(merge);
        (await SignsIn("aisha")).ShouldBeFalse();
        (await Charts()).ShouldBe((maria, aisha));
    }

    [Fact]
    public async Task R37_closed_after_the_merge_only_what_the_merge_disabled_comes_back()
    {
        var merge = await app.Join(await app.Clerk(), aisha, maria);
        await Close("maria");
        (await SignsIn("aisha")).ShouldBeFalse();
        await Undo(merge);
        (await SignsIn("maria")).ShouldBeFalse();
        (await SignsIn("aisha")).ShouldBeTrue();
    }

    [Fact]
    public async Task R37_closed_after_it_followed_it_goes_back_closed()
    {
        await Close("maria");
        var merge = await app.Join(await app.Clerk(), aisha, maria);
        await Close("aisha");
        await Undo(merge);
        (await Charts()).ShouldBe((maria, aisha));
        (await SignsIn("maria")).ShouldBeFalse();
        (await SignsIn("aisha")).ShouldBeFalse();
    }

    [Fact]
    public async Task R37_opened_again_after_the_merge_it_is_the_account_of_the_chart_that_stayed()
    {
        await Close("maria");
        await Close("aisha");
        var merge = await app.Join(await app.Clerk(), aisha, maria);
        var id = await app.AccountOf("maria");
        var desk = await app.SignInAs("frontdesk", fresh: true);
        var code = (await (await desk.PostAsync($"/api/v1/staff/patients/{maria}/activation-codes", null)).Json()).Text("activationCode");
        var opened = await app.Anonymous().PostAsJsonAsync("/api/v1/activation",
            new { activationCode = code, dateOfBirth = await app.BirthDateOf(maria), username = "another.name", email = "again@example.org", password = Recovering.Strong });
        opened.StatusCode.ShouldBe(HttpStatusCode.Created, await opened.Content.ReadAsStringAsync());
        (await opened.Json()).Text("username").ShouldBe(id == (await opened.Json()).GetProperty("userId").GetGuid() ? "maria" : "aisha");

        await Undo(merge);
        (await Charts()).ShouldBe((maria, aisha));
        (await app.Anonymous().SignIn("maria", Recovering.Strong)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SignsIn("aisha")).ShouldBeFalse();
    }
}
