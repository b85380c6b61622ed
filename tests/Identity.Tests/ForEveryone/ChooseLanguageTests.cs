namespace PatientPortal.Identity.Tests.ForEveryone;

public sealed class ChooseLanguageTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task the_choice_lasts_and_leads_back_to_the_page()
    {
        using var browser = app.Browser();
        var page = await browser.Page("/forgot");
        page.DocumentElement.GetAttribute("lang").ShouldBe("en");

        var chosen = await browser.Send("/language", page, "menu", ("language", "es"));
        chosen.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        chosen.Headers.Location!.ToString().ShouldEndWith("/forgot");

        var spanish = await browser.Page("/forgot");
        spanish.DocumentElement.GetAttribute("lang").ShouldBe("es");
        spanish.QuerySelector("h1")!.TextContent.ShouldBe("Olvidó su contraseña");
    }

    [Fact]
    public async Task a_language_that_is_not_there_is_refused()
    {
        using var browser = app.Browser();
        var refused = await (await browser.Send("/language", await browser.Page("/language"), "menu", ("language", "xx"))).Page();
        refused.QuerySelector("[role=alert]").ShouldNotBeNull();
    }

    [Fact]
    public async Task without_a_choice_the_browsers_own_language_counts()
    {
        using var browser = app.Browser();
        browser.DefaultRequestHeaders.AcceptLanguage.ParseAdd("es-MX,es;q=0.9,en;q=0.8");
        (await browser.Page("/sign-in")).DocumentElement.GetAttribute("lang").ShouldBe("es");
    }
}
