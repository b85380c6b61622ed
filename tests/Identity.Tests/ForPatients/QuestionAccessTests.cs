namespace PatientPortal.Identity.Tests.ForPatients;

public sealed class QuestionAccessTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task a_question_opens_one_case_with_a_day_and_an_answer_comes_back()
    {
        using var maria = await app.SignInAs("maria");
        var access = await Looked(maria, "nurse");
        var asked = await Ask(maria, access, "I do not know this person.");
        asked.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await asked.Json()).Text("dueAt")!.ShouldStartWith("2026-12-07");
        var id = (await asked.Json()).Text("id");
        (await (await Ask(maria, access, "Again.")).Json()).Text("id").ShouldBe(id, "Asked twice, it is one case.");

        using var admin = await app.SignInAs("privacy");
        var line = (await admin.See("/api/v1/staff/privacy-cases")).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        line.Text("patientName").ShouldBe("Maria Alvarez");
        line.GetProperty("late").GetBoolean().ShouldBeFalse();
        (await admin.PostAsJsonAsync($"/api/v1/staff/privacy-cases/{id}/answer", new { finding = "appropriate", answer = "She took your call that day." })).EnsureSuccessStatusCode();

        var question = (await maria.See("/api/v1/patients/me/privacy-questions")).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        question.Text("question").ShouldBe("I do not know this person.");
        question.Text("answer").ShouldBe("She took your call that day.");
        question.Text("finding").ShouldBe("appropriate");
        question.Text("about")!.ShouldEndWith("Nurse");
    }

    [Fact]
    public async Task two_that_ask_at_once_open_one_case()
    {
        using var maria = await app.SignInAs("maria");
        var access = await Looked(maria, "nurse");
        var asked = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Ask(maria, access, "Why?")));
        asked.ShouldAllBe(a => a.StatusCode == HttpStatusCode.Created);
        var ids = new HashSet<string?>();
        foreach (var answer in asked) ids.Add((await answer.Json()).Text("id"));
        ids.Count.ShouldBe(1);
    }

    [Fact]
    public async Task somebody_elses_access_is_not_found_and_one_s_own_is_no_question()
    {
        using var maria = await app.SignInAs("maria");
        using var aisha = await app.SignInAs("aisha");
        var access = await Looked(maria, "nurse");
        (await Ask(aisha, access, "Why?")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await aisha.GetAsync($"/api/v1/patients/me/access-log/{access}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Ask(maria, "nonsense", "Why?")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Ask(maria, access, " ")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Ask(maria, access, new string('x', 2001))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        var own = (await maria.See("/api/v1/patients/me/access-log")).GetProperty("items").EnumerateArray().First(i => i.Text("kind") == "self").Text("id")!;
        (await (await Ask(maria, own, "Why?")).Code()).ShouldBe("own_access");
    }

    [Fact]
    public async Task there_is_an_end_to_open_questions()
    {
        using var maria = await app.SignInAs("maria");
        for (var i = 0; i < 10; i++) (await Ask(maria, await Looked(maria, "nurse"), "Why?")).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await (await Ask(maria, await Looked(maria, "nurse"), "Why?")).Code()).ShouldBe("too_many_open");
    }

    [Fact]
    public async Task the_page_says_what_is_asked_about_and_shows_what_is_missing()
    {
        using var browser = app.Browser();
        await browser.Send("/sign-in", await browser.Page("/sign-in"), "sign-in", ("Form.Username", "maria"), ("Form.Password", PortalApp.Password));
        using var maria = await app.SignInAs("maria");
        await Looked(maria, "nurse");
        var log = await browser.Page("/access-log");
        var href = log.QuerySelectorAll("a").First(a => a.TextContent == "Question this access").GetAttribute("href")!;
        var page = await browser.Page(href);
        page.Body!.TextContent.ShouldContain("Nurse");
        (await (await browser.Send(href, page, "question-access", ("Form.Question", ""))).Page()).Body!.TextContent.ShouldContain("Say in a few words");
        var sent = await browser.Send(href, page, "question-access", ("Form.Question", "Who is that?"));
        sent.Headers.Location!.ToString().ShouldEndWith("/access-log/questions");
        (await browser.Page("/access-log/questions")).Body!.TextContent.ShouldContain("Who is that?");
    }

    static Task<HttpResponseMessage> Ask(HttpClient client, string access, string question) =>
        client.PostAsJsonAsync($"/api/v1/patients/me/access-log/{access}/question", new { question });

    /// <summary>A staff member opens Maria's chart; the id of the newest line about it.</summary>
    async Task<string> Looked(HttpClient maria, string who)
    {
        await (await app.SignInAs(who)).See($"/api/v1/staff/patients/{await PortalApp.OwnChart(maria)}");
        return (await maria.See("/api/v1/patients/me/access-log?others=true")).GetProperty("items")[0].Text("id")!;
    }
}
