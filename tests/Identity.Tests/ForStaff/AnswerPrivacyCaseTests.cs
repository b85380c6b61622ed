namespace PatientPortal.Identity.Tests.ForStaff;

public sealed class AnswerPrivacyCaseTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task an_answer_is_given_once_and_the_asker_is_told_that_there_is_one()
    {
        var id = await Asked("nurse");
        using var admin = await app.SignInAs("privacy");
        var seen = await admin.See($"/api/v1/staff/privacy-cases/{id}");
        seen.Text("question").ShouldBe("Why?");
        seen.GetProperty("access").Text("role").ShouldBe("Nurse");

        var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(i => Answer(admin, id, "appropriate", $"Answer {i}")));
        answers.Count(a => a.IsSuccessStatusCode).ShouldBe(1);
        answers.Count(a => a.StatusCode == HttpStatusCode.Conflict).ShouldBe(1);

        await app.CourierIsIdle();
        await app.RunJob("send-notices");
        var mail = app.Mailbox().Last();
        mail.ShouldContain("There is an answer to a question you asked");
        mail.ShouldNotContain("Answer 0");
    }

    [Fact]
    public async Task nobody_answers_for_an_access_of_their_own()
    {
        var id = await Asked("privacy");
        using var admin = await app.SignInAs("privacy");
        (await admin.See($"/api/v1/staff/privacy-cases/{id}")).GetProperty("own").GetBoolean().ShouldBeTrue();
        (await (await Answer(admin, id, "appropriate", "It was me.")).Code()).ShouldBe("own_access");
        using var browser = app.Browser();
        await browser.SignInStaff(app, "privacy");
        (await browser.Page($"/staff/privacy/{id}")).Body!.TextContent.ShouldContain("another privacy officer answers it");
    }

    [Fact]
    public async Task what_is_missing_is_said_and_what_is_not_there_is_not_found()
    {
        var id = await Asked("nurse");
        using var admin = await app.SignInAs("privacy");
        (await Answer(admin, id, "", "Text")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Answer(admin, id, "0", "Text")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Answer(admin, id, "appropriate", "")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Answer(admin, Guid.CreateVersion7().ToString(), "appropriate", "Text")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Answer(await app.SignInAs("nurse"), id, "appropriate", "Text")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        using var browser = app.Browser();
        await browser.SignInStaff(app, "privacy");
        var page = await browser.Page($"/staff/privacy/{id}");
        (await (await browser.Send($"/staff/privacy/{id}", page, "answer-case")).Page()).Body!.TextContent.ShouldContain("Choose what the inquiry found.");
    }

    static Task<HttpResponseMessage> Answer(HttpClient client, string id, string finding, string answer) =>
        client.PostAsJsonAsync($"/api/v1/staff/privacy-cases/{id}/answer", new { finding, answer });

    /// <summary>Maria questions an access of this person.</summary>
    async Task<string> Asked(string who)
    {
        using var maria = await app.SignInAs("maria");
        await (await app.SignInAs(who)).See($"/api/v1/staff/patients/{await PortalApp.OwnChart(maria)}");
        var access = (await maria.See("/api/v1/patients/me/access-log?others=true")).GetProperty("items")[0].Text("id");
        var asked = await maria.PostAsJsonAsync($"/api/v1/patients/me/access-log/{access}/question", new { question = "Why?" });
        return (await asked.Json()).Text("id")!;
    }
}
