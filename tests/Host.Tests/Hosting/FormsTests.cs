using System.Net;
using System.Text.Json;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Host.Tests.Hosting;

/// <summary>What holds for every form, shown on one that writes something twice if it is let.</summary>
public sealed class FormsTests(PortalApp app) : IClassFixture<PortalApp>
{
    const string Address = "/messages/new?topic=question";

    [Fact]
    public async Task a_second_click_sends_nothing_again_and_leads_to_the_same_place()
    {
        using var maria = await SignedIn("maria");
        var form = await Form(maria, Address, "start-thread");
        (form["Form.Subject"], form["Form.Body"]) = ("Sent twice", "May I eat before the test?");
        var first = await Post(maria, form);
        var again = await Post(maria, form);
        first.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        again.Headers.Location.ShouldBe(first.Headers.Location);
        (await Subjects(maria)).Count(s => s is "Sent twice").ShouldBe(1);
    }

    [Fact]
    public async Task two_clicks_at_once_send_once()
    {
        using var maria = await SignedIn("maria");
        var form = await Form(maria, Address, "start-thread");
        (form["Form.Subject"], form["Form.Body"]) = ("At once", "May I eat before the test?");
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Post(maria, form)));
        answers.Select(a => a.Headers.Location).Distinct().Count().ShouldBe(1);
        (await Subjects(maria)).Count(s => s is "At once").ShouldBe(1);
    }

    [Fact]
    public async Task who_goes_back_and_writes_something_else_sends_that_too()
    {
        using var maria = await SignedIn("maria");
        var form = await Form(maria, Address, "start-thread");
        (form["Form.Subject"], form["Form.Body"]) = ("Went back", "One");
        (await Post(maria, form)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        form["Form.Body"] = "Two";
        (await Post(maria, form)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await Subjects(maria)).Count(s => s is "Went back").ShouldBe(2);
    }

    [Fact]
    public async Task without_a_token_or_with_somebody_elses_nothing_is_sent()
    {
        using var maria = await SignedIn("maria");
        using var aisha = await SignedIn("aisha");
        var form = await Form(maria, Address, "start-thread");
        (form["Form.Subject"], form["Form.Body"]) = ("Forged", "x");
        foreach (var token in new[] { null, "", (await Form(aisha, Address, "start-thread"))["__RequestVerificationToken"] })
        {
            var forged = new Dictionary<string, string>(form);
            if (token is null) forged.Remove("__RequestVerificationToken"); else forged["__RequestVerificationToken"] = token;
            (await Post(maria, forged)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        }
        (await Subjects(maria)).ShouldNotContain("Forged");
    }

    /// <summary>A visit cancelled in another window, a request that somebody else answered: the button that is still on the screen does nothing, and says so.</summary>
    [Fact]
    public async Task a_form_that_its_page_no_longer_has_leads_to_the_page_as_it_stands()
    {
        using var maria = await SignedIn("maria");
        var form = await Form(maria, Address, "start-thread");
        form["_handler"] = "no-longer-there";
        var answer = await Post(maria, form);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.ToString().ShouldBe(Address);
        (await maria.GetStringAsync(Address)).ShouldContain("This changed in the meantime.");
        (await maria.GetStringAsync(Address)).ShouldNotContain("This changed in the meantime.");
    }

    async Task<HttpClient> SignedIn(string username)
    {
        var browser = app.Browser();
        var form = await Form(browser, "/sign-in", "sign-in");
        (form["Form.Username"], form["Form.Password"]) = (username, PortalApp.Password);
        (await browser.PostAsync("/sign-in", new FormUrlEncodedContent(form))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return browser;
    }

    static Task<HttpResponseMessage> Post(HttpClient browser, Dictionary<string, string> form) => browser.PostAsync(Address, new FormUrlEncodedContent(form));

    static async Task<IReadOnlyList<string?>> Subjects(HttpClient browser)
    {
        using var list = JsonDocument.Parse(await browser.GetStringAsync("/api/v1/patients/me/threads?limit=100"));
        return [.. list.RootElement.GetProperty("items").EnumerateArray().Select(t => t.GetProperty("subject").GetString())];
    }

    /// <summary>What a browser would send of a form as it stands on the page.</summary>
    static async Task<Dictionary<string, string>> Form(HttpClient browser, string path, string handler)
    {
        var page = await new HtmlParser().ParseDocumentAsync(await browser.GetStringAsync(path));
        var form = page.Forms.Single(f => f.QuerySelector<IHtmlInputElement>("input[name=_handler]")?.Value == handler);
        var fields = new Dictionary<string, string>();
        foreach (var input in form.QuerySelectorAll<IHtmlInputElement>("input").Where(i => i.Name is not null && (i.Type is not ("radio" or "checkbox") || i.IsChecked))) fields[input.Name!] = input.Value;
        return fields;
    }
}
