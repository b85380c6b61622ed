using PatientPortal.Identity.Domain;
using PatientPortal.Identity.Tests.ForEveryone;

namespace PatientPortal.Identity.Tests.ForStaff;

public sealed class DecideSignUpTests : IAsyncLifetime
{
    PortalApp app = null!;
    Patient chart = null!;
    HttpClient desk = null!;
    string id = "";

    public async ValueTask InitializeAsync()
    {
        app = await PortalApp.New();
        var signUps = new SignUps(app);
        chart = await signUps.Chart();
        await signUps.Send(SignUps.Ask(chart) with { Email = "new.address@example.org" });
        desk = await app.SignInAs("frontdesk");
        id = (await desk.See("/api/v1/staff/sign-ups")).GetProperty("items").EnumerateArray().Single().Text("id")!;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    Task<HttpResponseMessage> Decide(object body) => desk.PostAsJsonAsync($"/api/v1/staff/sign-ups/{id}/decision", body);

    [Fact]
    public async Task who_checked_who_it_is_gives_out_a_code_that_opens_the_chart()
    {
        var sheet = await desk.See($"/api/v1/staff/sign-ups/{id}");
        var candidate = sheet.GetProperty("charts").EnumerateArray().Single();
        candidate.GetProperty("patientId").GetGuid().ShouldBe(chart.Id);
        candidate.GetProperty("reasons").GetArrayLength().ShouldBeGreaterThan(2);

        var decided = await Decide(new { patient = chart.Id, note = "Photo ID seen at the desk." });
        decided.StatusCode.ShouldBe(HttpStatusCode.OK);
        var code = (await decided.Json()).Text("activationCode");
        (await app.Anonymous().PostAsJsonAsync("/api/v1/activation", new { activationCode = code, dateOfBirth = "1984-06-05", username = "lena.desk", email = "new.address@example.org", password = SignUps.Phrase }))
            .StatusCode.ShouldBe(HttpStatusCode.Created);
        (await (await Decide(new { patient = chart.Id, note = "Again." })).Code()).ShouldBe("already_decided");
        (await desk.See("/api/v1/staff/sign-ups")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task of_two_who_decide_at_once_one_does()
    {
        var answers = await Task.WhenAll(Decide(new { patient = chart.Id, note = "Seen." }), Decide(new { note = "Not a patient." }));
        answers.Count(a => a.StatusCode is HttpStatusCode.OK).ShouldBe(1);
        answers.ShouldAllBe(a => a.StatusCode == HttpStatusCode.OK || a.StatusCode == HttpStatusCode.Conflict || a.StatusCode == HttpStatusCode.PreconditionFailed);
    }

    [Fact]
    public async Task what_is_missing_or_wrong_is_said_and_changes_nothing()
    {
        (await (await Decide(new { patient = chart.Id })).FieldErrors("note")).ShouldNotBeEmpty();
        (await (await Decide(new { patient = Guid.CreateVersion7(), note = "Seen." })).FieldErrors("patient")).ShouldNotBeEmpty();
        var maria = await PortalApp.OwnChart(await app.SignInAs("maria"));
        (await (await Decide(new { patient = maria, note = "Seen." })).Code()).ShouldBe("account_exists");
        (await desk.PostAsJsonAsync($"/api/v1/staff/sign-ups/{Guid.CreateVersion7()}/decision", new { note = "x" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await desk.See("/api/v1/staff/sign-ups")).GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task a_clerk_decides_on_the_page()
    {
        using var browser = app.Browser();
        await browser.SignInStaff(app, "records");
        (await browser.Page("/staff/sign-ups")).Body!.TextContent.ShouldContain("Lena Brückner");
        var page = await browser.Page($"/staff/sign-ups/{id}");
        var unsure = await (await browser.Send($"/staff/sign-ups/{id}", page, "decide", ("Form.Note", "Seen."))).Page();
        unsure.QuerySelector(".problem")!.TextContent.ShouldContain("Choose a chart");
        var done = await (await browser.Send($"/staff/sign-ups/{id}", page, "decide", ("Form.Patient", chart.Id.ToString()), ("Form.Note", "Called at the number in the chart."))).Page();
        done.QuerySelector(".letter [data-activation-code]")!.TextContent.Length.ShouldBe(14);
        done.QuerySelector(".letter")!.TextContent.ShouldContain(chart.Name);
        done.QuerySelector(".letter .qr svg").ShouldNotBeNull();
        done.QuerySelector("[data-print]").ShouldNotBeNull();
    }
}
