namespace PatientPortal.Identity.Tests.ForPatients;

public sealed class InviteProxyTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    static object Good => new { name = "Rosa", email = "rosa@example.org", relation = "sibling", scopes = new[] { "records" } };

    [Fact]
    public async Task the_mail_says_nothing_about_anybody()
    {
        await app.Invite();
        var mail = Proxies.Plain(app.Mailbox().Single(m => m.Contains("rosa@example.org", StringComparison.Ordinal)));
        foreach (var said in (string[])["Maria", "Alvarez", "appointment", "sibling"]) mail.ShouldNotContain(said);
    }

    [Fact]
    public async Task what_is_not_well_formed_is_said_beside_its_field()
    {
        var maria = await app.SignInAs("maria");
        async Task<HttpResponseMessage> Ask(object ask) => await maria.PostAsJsonAsync("/api/v1/patients/me/proxy-invitations", ask);
        (await (await Ask(new { })).FieldErrors("name")).ShouldNotBeEmpty();
        (await (await Ask(new { name = "Rosa", email = "rosa\r\nBcc: x@example.org", relation = "sibling", scopes = new[] { "records" } })).FieldErrors("email")).ShouldNotBeEmpty();
        (await (await Ask(new { name = "Rosa", email = "rosa@example.org", relation = "god", scopes = new[] { "records" } })).FieldErrors("relation")).ShouldNotBeEmpty();
        (await (await Ask(new { name = "Rosa", email = "rosa@example.org", relation = "sibling", scopes = new[] { "records", "*" } })).FieldErrors("scopes")).ShouldNotBeEmpty();
        (await (await Ask(new { name = "Rosa", email = "rosa@example.org", relation = "sibling", scopes = new[] { "records" }, endsOn = "2001-01-01" })).FieldErrors("endsOn")).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task a_proxy_invites_nobody()
    {
        var answer = await (await app.SignInAs("james")).PostAsJsonAsync($"/api/v1/patients/{await app.Daughter()}/proxy-invitations", Good);
        (await answer.Code()).ShouldBe("not_the_patient");
    }

    [Fact]
    public async Task nobody_invites_for_somebody_elses_record()
    {
        var maria = await PortalApp.OwnChart(await app.SignInAs("maria"));
        (await (await app.SignInAs("aisha")).PostAsJsonAsync($"/api/v1/patients/{maria}/proxy-invitations", Good)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task of_many_at_once_to_one_address_one_link_works_and_a_flood_stops()
    {
        var maria = await app.SignInAs("maria");
        var answers = await Task.WhenAll(Enumerable.Range(0, 14).Select(_ => maria.PostAsJsonAsync("/api/v1/patients/me/proxy-invitations", Good)));
        answers.Count(a => a.StatusCode is HttpStatusCode.Created).ShouldBe(10);
        (await maria.See("/api/v1/patients/me/proxies")).GetProperty("invitations").EnumerateArray().Count(i => i.Text("state") is "waiting").ShouldBe(1);
    }
}
