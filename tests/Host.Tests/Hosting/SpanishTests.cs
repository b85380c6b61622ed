using System.Reflection;
using System.Text.Json;
using PatientPortal.Kernel.Requests;
using PatientPortal.Kernel.Texts;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Host.Tests.Hosting;

/// <summary>Every text that an assembly brings is spoken: the modules' and the look's own.</summary>
public sealed class SpanishTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public void every_embedded_text_is_loaded()
    {
        _ = app.Services;
        var say = new Texts { Language = "es" };
        var bringing = 0;
        foreach (var assembly in AppDomain.CurrentDomain.GetAssemblies().Where(a => a.GetName().Name!.StartsWith("PatientPortal.", StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream("Texts.es.json");
            if (stream is null) continue;
            bringing++;
            foreach (var (english, spanish) in JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!)
                if (spanish != english) say[english].ShouldNotBe(english, assembly.GetName().Name);
        }
        bringing.ShouldBeGreaterThan(6);
    }

    [Fact]
    public void everything_that_an_access_log_can_say_has_its_spanish()
    {
        _ = app.Services;
        var say = new Texts { Language = "es" };
        var said = Modules.All.SelectMany(m => m.Assembly.GetTypes()).Select(t => t.GetCustomAttribute<DoesAttribute>()).OfType<DoesAttribute>().Where(d => d.Trail).Select(d => d.Says).Distinct().ToList();
        said.Count.ShouldBeGreaterThan(40);
        said.Where(s => say[s] == s).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_form_that_comes_back_says_in_spanish_what_to_put_right()
    {
        using var browser = app.Browser();
        browser.DefaultRequestHeaders.Add("Accept-Language", "es");
        using var form = await browser.GetAsync("/sign-in");
        var page = await form.Content.ReadAsStringAsync();
        page.ShouldContain("Saltar al contenido");
        page.ShouldContain("En una emergencia");
        var token = System.Text.RegularExpressions.Regex.Match(page, "name=\"__RequestVerificationToken\" value=\"([^\"]+)\"").Groups[1].Value;

        var answer = await browser.PostAsync("/sign-in", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = token, ["_handler"] = "sign-in", ["Form.Username"] = "", ["Form.Password"] = "",
        }));
        var again = System.Net.WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync());
        again.ShouldContain("2 cosas por corregir");
        again.ShouldContain("Escriba su nombre de usuario.");
        again.ShouldNotContain("Enter your");
    }
}
