namespace PatientPortal.Identity.Tests.ForStaff;

public sealed class IssueActivationCodeTests(PortalApp app) : IClassFixture<PortalApp>
{
    async Task<string> SomebodyWithoutAccount(HttpClient desk) =>
        (await desk.See("/api/v1/staff/patients?limit=100")).GetProperty("items").EnumerateArray()
            .First(p => !p.GetProperty("hasAccount").GetBoolean() && !p.GetProperty("deceased").GetBoolean()).Text("id")!;

    [Fact]
    public async Task a_code_is_given_out_for_seven_days()
    {
        using var desk = await app.SignInAs("frontdesk");
        var answer = await desk.PostAsync($"/api/v1/staff/patients/{await SomebodyWithoutAccount(desk)}/activation-codes", null);
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        var code = await answer.Json();
        code.Text("activationCode")!.Length.ShouldBe(14);
        code.GetProperty("expiresAt").GetDateTimeOffset().ShouldBe(app.Clock.GetUtcNow().AddDays(7));
    }

    [Fact]
    public async Task the_same_key_gives_the_same_code_again()
    {
        using var desk = await app.SignInAs("frontdesk");
        var path = $"/api/v1/staff/patients/{await SomebodyWithoutAccount(desk)}/activation-codes";
        desk.DefaultRequestHeaders.Add("Idempotency-Key", "a-double-click");
        var (first, second) = (await (await desk.PostAsync(path, null)).Json(), await (await desk.PostAsync(path, null)).Json());
        second.Text("activationCode").ShouldBe(first.Text("activationCode"));
    }

    [Fact]
    public async Task whoever_has_an_account_needs_no_code()
    {
        var maria = await PortalApp.OwnChart(await app.SignInAs("maria"));
        var answer = await (await app.SignInAs("frontdesk")).PostAsync($"/api/v1/staff/patients/{maria}/activation-codes", null);
        answer.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await answer.Code()).ShouldBe("account_exists");
    }

    [Fact]
    public async Task a_patient_that_is_not_there_is_not_found() =>
        (await (await app.SignInAs("frontdesk")).PostAsync($"/api/v1/staff/patients/{Guid.CreateVersion7()}/activation-codes", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);

    [Theory]
    [InlineData("es", "Escriba este código")]
    [InlineData("en", "Enter this code")]
    public async Task the_letter_is_in_the_patients_language_with_the_code_behind_the_hash(string language, string says)
    {
        using var desk = app.Browser();
        await desk.SignInStaff(app, "frontdesk");
        var patient = await SomebodyWithoutAccount(desk);
        await app.Inside(async s =>
        {
            var db = s.GetRequiredService<PatientPortal.Identity.Data.IdentityDb>();
            (await db.Patients.FindAsync(Guid.Parse(patient)))!.Language = language;
            await db.Save(default);
            return 0;
        });
        var path = $"/staff/patients/{patient}/activation-code";
        var letter = await (await desk.Send(path, await desk.Page(path), "issue-code")).Page();
        letter.QuerySelector(".letter")!.TextContent.ShouldContain(says);
        letter.QuerySelector(".letter .qr svg").ShouldNotBeNull();
        letter.QuerySelector($"[lang={language}] [data-activation-code]")!.TextContent.Length.ShouldBe(14);
        // Read again, the page has no code to show.
        (await desk.Page(path)).QuerySelector("[data-activation-code]").ShouldBeNull();
    }
}
