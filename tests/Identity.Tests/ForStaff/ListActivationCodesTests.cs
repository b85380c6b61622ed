namespace PatientPortal.Identity.Tests.ForStaff;

public sealed class ListActivationCodesTests : IAsyncLifetime
{
    const string Phrase = "velvet otter under ninth lamp";

    PortalApp app = null!;
    HttpClient desk = null!;
    JsonElement patient;
    string path = "";

    public async ValueTask InitializeAsync()
    {
        app = await PortalApp.New();
        desk = await app.SignInAs("frontdesk");
        patient = await desk.NobodysChart();
        path = $"/api/v1/staff/patients/{patient.Text("id")}/activation-codes";
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    async Task<string> Issue()
    {
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        return (await (await desk.PostAsync(path, null)).Json()).Text("activationCode")!;
    }

    async Task<string?[]> States() => [.. (await desk.See(path)).GetProperty("items").EnumerateArray().Select(i => i.Text("state"))];

    Task<HttpResponseMessage> Activate(string code, string born) =>
        app.Anonymous().PostAsJsonAsync("/api/v1/activation", new { activationCode = code, dateOfBirth = born, username = "new.person", email = "new@example.org", password = Phrase });

    async Task<HttpResponseMessage> Revoke(int at = 0) =>
        await desk.PostAsync($"{path}/{(await desk.See(path)).GetProperty("items")[at].Text("id")}/revoke", null);

    [Fact]
    public async Task each_code_says_what_became_of_it()
    {
        await Issue();
        var opened = await Issue();
        (await States()).ShouldBe(["issued", "replaced"]);
        await Activate(opened, "1900-01-01");
        (await States()).ShouldBe(["opened", "replaced"]);
        (await Activate(opened, patient.Text("birthDate")!)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await States()).ShouldBe(["used", "replaced"]);
        (await desk.See(path)).GetProperty("items")[0].Text("issuedBy").ShouldNotBe("Somebody");
        (await (await Revoke()).Code()).ShouldBe("code_used");
    }

    [Fact]
    public async Task five_wrong_birth_dates_and_seven_days_show()
    {
        var code = await Issue();
        for (var i = 0; i < 5; i++) await Activate(code, $"190{i}-01-01");
        (await States()).ShouldBe(["tried-too-often"]);
        await Issue();
        app.Clock.Advance(TimeSpan.FromDays(8));
        desk = await app.SignInAs("frontdesk", fresh: true);
        (await States()).ShouldBe(["expired", "replaced"]);
    }

    [Fact]
    public async Task a_revoked_code_opens_nothing()
    {
        var code = await Issue();
        (await Revoke()).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Revoke()).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await States()).ShouldBe(["revoked"]);
        (await (await Activate(code, patient.Text("birthDate")!)).Code()).ShouldBe("activation_refused");
    }

    [Fact]
    public async Task a_code_of_another_patient_is_not_found_through_this_one()
    {
        await Issue();
        var id = (await desk.See(path)).GetProperty("items")[0].Text("id");
        var other = (await desk.See("/api/v1/staff/patients?limit=100")).GetProperty("items").EnumerateArray().First(p => p.Text("id") != patient.Text("id")).Text("id");
        (await desk.PostAsync($"/api/v1/staff/patients/{other}/activation-codes/{id}/revoke", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await desk.GetAsync($"{path}?cursor=nonsense")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await States()).ShouldBe(["issued"]);
    }

    [Fact]
    public async Task pages_follow_one_another()
    {
        for (var i = 0; i < 3; i++) await Issue();
        var first = await desk.See($"{path}?limit=2");
        var second = await desk.See($"{path}?limit=2&cursor={first.Text("next")}");
        first.GetProperty("items").GetArrayLength().ShouldBe(2);
        second.GetProperty("items").EnumerateArray().ShouldHaveSingleItem().Text("state").ShouldBe("replaced");
    }

    [Fact]
    public async Task the_page_revokes_a_code()
    {
        await Issue();
        using var browser = app.Browser();
        await browser.SignInStaff(app, "frontdesk");
        var address = $"/staff/patients/{patient.Text("id")}/activation-codes";
        var page = await browser.Page(address);
        page.Body!.TextContent.ShouldContain("Issued by");
        var form = page.QuerySelector("main input[name=_handler][value^=revoke-]")!.GetAttribute("value")!;
        (await browser.Send(address, page, form)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await States()).ShouldBe(["revoked"]);
    }
}
