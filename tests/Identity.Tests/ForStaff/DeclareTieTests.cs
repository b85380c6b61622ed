namespace PatientPortal.Identity.Tests.ForStaff;

public sealed class DeclareTieTests : IAsyncLifetime
{
    PortalApp app = null!;
    HttpClient nurse = null!;

    public async ValueTask InitializeAsync()
    {
        app = await PortalApp.New();
        nurse = await app.SignInAs("nurse");
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    Task<HttpResponseMessage> Declare(HttpClient staff, string? chartNumber, string? relation) => staff.PostAsJsonAsync("/api/v1/staff/me/ties", new { chartNumber, relation });

    [Fact]
    public async Task R38_what_staff_say_themselves_holds_from_the_next_request_on_for_them_alone()
    {
        var aisha = await app.ChartOf("aisha");
        (await nurse.Opens(aisha)).ShouldBe(HttpStatusCode.OK);
        await app.Knows(nurse, "aisha", "friend");
        (await nurse.Opens(aisha)).ShouldBe(HttpStatusCode.Forbidden);
        (await (await app.SignInAs("drlee")).Opens(aisha)).ShouldBe(HttpStatusCode.OK);
        (await nurse.See("/api/v1/staff/me/ties")).GetProperty("items").EnumerateArray().Single().Text("relation").ShouldBe("friend");
    }

    [Fact]
    public async Task ones_own_chart_is_one_and_nobody_elses()
    {
        await app.Knows(nurse, "aisha", "self");
        await app.Knows(nurse, "aisha", "self");
        (await (await Declare(nurse, await app.ChartNumberOf("maria"), "self")).Code()).ShouldBe("own_chart_set");
        (await (await Declare(await app.SignInAs("drlee"), await app.ChartNumberOf("aisha"), "self")).Code()).ShouldBe("own_chart_set");
    }

    [Fact]
    public async Task said_twice_at_once_it_is_said()
    {
        var number = await app.ChartNumberOf("maria");
        (await Task.WhenAll(Declare(nurse, number, "relative"), Declare(nurse, number, "relative"))).ShouldAllBe(a => a.StatusCode == HttpStatusCode.Created);
        (await nurse.See("/api/v1/staff/me/ties")).GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Theory]
    [InlineData("NONE-SUCH", "relative", "chartNumber")]
    [InlineData("", "relative", "chartNumber")]
    [InlineData("NONE-SUCH", "enemy", "relation")]
    [InlineData("NONE-SUCH", null, "relation")]
    public async Task what_is_wrong_is_said_beside_the_field(string? number, string? relation, string field) => (await (await Declare(nurse, number, relation)).FieldErrors(field)).ShouldNotBeEmpty();

    [Fact]
    public async Task patients_say_nothing_here() => (await Declare(await app.SignInAs("maria"), "X", "self")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

    [Fact]
    public async Task the_page_adds_somebody()
    {
        using var browser = app.Browser();
        browser.DefaultRequestHeaders.Authorization = nurse.DefaultRequestHeaders.Authorization;
        var page = await browser.Page("/staff/me/ties");
        (await browser.Send("/staff/me/ties", page, "declare-tie", ("Form.ChartNumber", await app.ChartNumberOf("james")), ("Form.Relation", "household"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await browser.GetStringAsync("/staff/me/ties")).ShouldContain("We live together");
    }
}
