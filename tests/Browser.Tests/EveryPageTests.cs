using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using PatientPortal.Kernel.Access;
using Shouldly;
using Xunit;

namespace PatientPortal.Browser.Tests;

/// <summary>
/// Walks the portal by its links, as four people and as nobody, and looks at one page of every route: by day and by night, on a desk and
/// on a phone. Pages are discovered from the endpoint list; one that no link leads to is opened by its address.
/// </summary>
public abstract class EveryPage(RunningPortal portal)
{
    // What only the colours and the width decide is asked at every look; the rest by day on a desk and by night on a phone.
    static readonly (int Width, int Height, ColorScheme Scheme, bool Everything)[] Looks =
    [
        (1280, 900, ColorScheme.Light, true), (1280, 900, ColorScheme.Dark, false),
        (390, 844, ColorScheme.Dark, true), (390, 844, ColorScheme.Light, false),
    ];

    // A page that one person's walk has shown is not looked at again with another's eyes, but for the page where each begins.
    static readonly ConcurrentDictionary<string, bool> Inspected = new();

    // Set to a folder, every page is photographed there.
    static readonly string? Photographs = Environment.GetEnvironmentVariable("PORTAL_SHOTS");

    /// <param name="person">Null walks as nobody.</param>
    /// <param name="start">Where the walk begins.</param>
    protected async Task Walk(string? person, Audience audience, string start)
    {
        var page = person is null ? await portal.Open() : await portal.SignIn(person);
        var routes = Pages();
        var mine = routes.Where(r => AudienceOf(r) == audience || person is not null && AudienceOf(r) is Audience.Members).ToList();
        var todo = new Queue<string>([start, .. mine.Where(r => r.RoutePattern.Parameters.Count is 0).Select(r => "/" + r.RoutePattern.RawText!.TrimStart('/'))]);
        var seen = new HashSet<RouteEndpoint>();
        var (links, files) = (new HashSet<string>(), new HashSet<string>());
        var trouble = new StringBuilder();

        while (todo.Count > 0 || Unlinked(mine.Except(seen), links, todo))
        {
            var path = todo.Dequeue();
            if (RouteOf(mine, path) is not { } route || LeavesThePortal(path) || !seen.Add(route)) continue;
            IResponse? answer;
            try
            {
                answer = await page.GotoAsync(path);
            }
            catch (PlaywrightException none) when (none.Message.Contains("ERR_HTTP_RESPONSE_CODE_FAILURE", StringComparison.Ordinal))
            {
                trouble.AppendLine($"{path}: refused without a word");
                continue;
            }
            var status = answer?.Status ?? 0;
            if (status >= 500) trouble.AppendLine($"{path}: {status} {portal.App.Log.Lines.LastOrDefault(l => l.StartsWith("Error", StringComparison.Ordinal))?.Split('\n')[0]}");
            if (status is 403 or >= 500) continue;
            if ((await answer!.TextAsync()).Contains(" style=\"", StringComparison.Ordinal)) trouble.AppendLine($"{path}: a style attribute, which the policy of the page forbids");
            if (Inspected.TryAdd(path == start ? $"{person} {path}" : path.StartsWith("/for/", StringComparison.Ordinal) ? "for " + route.RoutePattern.RawText : route.RoutePattern.RawText!, true))
                await Inspect(page, path, person ?? "nobody", AudienceOf(route) is not Audience.Staff, trouble);
            // Files are not pages: they are fetched, a few of each page, with the cookies of whoever looks.
            foreach (var file in (await page.EvalOnSelectorAllAsync<string[]>("a[download], a[href^='/api/v1/']", "all => all.slice(0, 3).map(a => a.href)")).Where(files.Add))
                if ((await page.APIRequest.GetAsync(file)).Status is not 200 and var got) trouble.AppendLine($"{path}: {file} answers {got}");
            foreach (var link in await page.EvalOnSelectorAllAsync<string[]>("a[href]:not([download])", "all => all.map(a => a.href)"))
            {
                if (!link.StartsWith(portal.Address, StringComparison.Ordinal)) continue;
                var local = "/" + link[portal.Address.Length..].Split('#')[0];
                if (links.Add(local)) todo.Enqueue(local);
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', seen.Select(r => r.RoutePattern.RawText).Order()));
        foreach (var missed in mine.Except(seen).Select(r => r.RoutePattern.RawText)) TestContext.Current.TestOutputHelper?.WriteLine($"no link led {person} to {missed}");
        trouble.Append(string.Join('\n', portal.Complaints));
        portal.Complaints.Clear();
        trouble.ToString().ShouldBeEmpty();
        seen.Count.ShouldBeGreaterThan(3);
    }

    static async Task Inspect(IPage page, string path, string person, bool speaksSpanish, StringBuilder trouble)
    {
        foreach (var (width, height, scheme, everything) in Looks)
        {
            await page.SetViewportSizeAsync(width, height);
            await page.EmulateMediaAsync(new() { ColorScheme = scheme });
            // As tall as the page: what the bar at the foot covers can be scrolled to, and is not too small to touch.
            await page.SetViewportSizeAsync(width, Math.Clamp(await page.EvaluateAsync<int>("() => document.documentElement.scrollHeight"), height, 12_000));
            if (Photographs is not null)
            {
                var name = path.Trim('/').Length is 0 ? "home" : string.Concat(path.Split('?')[0].Trim('/').Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-'));
                await page.ScreenshotAsync(new() { Path = Path.Combine(Photographs, $"{person}-{name[..Math.Min(60, name.Length)]}-{width}-{scheme}.png".ToLowerInvariant()), FullPage = true });
            }
            foreach (var found in await Axe.Look(page, everything)) trouble.AppendLine($"{path} {width} {scheme}: {found}");
        }

        await FitsOnAPhone(page, path, trouble);
        if (!speaksSpanish) return;
        await Speak(page, "es");
        await page.GotoAsync(path);
        if (await page.GetAttributeAsync("html", "lang") is not "es") trouble.AppendLine($"{path}: not in Spanish");
        await FitsOnAPhone(page, path + " in Spanish", trouble);
        await Speak(page, "en");
        await page.GotoAsync(path);
    }

    /// <summary>WCAG 1.4.10: at 320 pixels nothing scrolls sideways, nor on a usual phone, whose rules differ; in Spanish neither, whose words are longer.</summary>
    static async Task FitsOnAPhone(IPage page, string what, StringBuilder trouble)
    {
        foreach (var width in (int[])[390, 320])
        {
            await page.SetViewportSizeAsync(width, 640);
            var over = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
            if (over > 0) trouble.AppendLine($"{what}: {over} pixels too wide at {width}: {await page.EvaluateAsync<string>(Widest)}");
        }
    }

    static Task Speak(IPage page, string language) => page.Context.AddCookiesAsync([new() { Name = "language", Value = language, Url = new Uri(page.Url).GetLeftPart(UriPartial.Authority) }]);

    const string Widest = """
        () => [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > innerWidth + 1)
          .slice(0, 3).map(e => e.outerHTML.slice(0, 100)).join(' | ')
        """;

    List<RouteEndpoint> Pages() =>
        [.. portal.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(e => e.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)];

    // A page that only a form leads to ("/staff/inbox/{Id}/reply") is opened with the ids of the links beside it.
    static bool Unlinked(IEnumerable<RouteEndpoint> missed, HashSet<string> links, Queue<string> todo)
    {
        foreach (var route in missed.ToList())
        {
            var segments = route.RoutePattern.RawText!.Trim('/').Split('/');
            var at = Array.FindIndex(segments, s => s.StartsWith('{'));
            if (at < 0 || segments.Skip(at + 1).Any(s => s.StartsWith('{'))) continue;
            var before = "/" + string.Concat(segments[..at].Select(s => s + "/"));
            var known = links.Select(l => l.Split('?')[0]).FirstOrDefault(l => l.StartsWith(before, StringComparison.Ordinal) && Guid.TryParse(l[before.Length..].Split('/')[0], out _));
            var id = known?[before.Length..].Split('/')[0] ?? (segments[at].Contains(":guid", StringComparison.Ordinal) || segments[at] is "{Id}" ? null : "made-up");
            if (id is not null && links.Add(before + id + "!" + route.RoutePattern.RawText)) todo.Enqueue(before + id + string.Concat(segments[(at + 1)..].Select(s => "/" + s)));
        }
        return todo.Count > 0;
    }

    static Audience? AudienceOf(RouteEndpoint page) => page.Metadata.GetMetadata<IAudience>()?.Audience;

    static RouteEndpoint? RouteOf(List<RouteEndpoint> pages, string path)
    {
        var local = path.Split('?')[0];
        if (local.StartsWith("/for/", StringComparison.Ordinal)) local = local.IndexOf('/', 5) is > 0 and var at ? local[at..] : "/";
        return pages.Where(p => new TemplateMatcher(TemplateParser.Parse(p.RoutePattern.RawText!.TrimStart('/').Replace(":guid", "", StringComparison.Ordinal)), []).TryMatch(local, []))
            .MinBy(p => p.RoutePattern.Parameters.Count);
    }

    static bool LeavesThePortal(string path) => path.StartsWith("/sign-out", StringComparison.Ordinal);
}

public sealed class EveryPatientPageTests(RunningPortal portal) : EveryPage(portal), IClassFixture<RunningPortal>
{
    [Theory]
    [InlineData(null, Audience.Everyone, "/sign-in")]
    [InlineData("maria", Audience.Patients, "/")]
    [InlineData("james", Audience.Patients, "/")]
    public Task every_page_is_accessible_by_day_and_night_on_desk_and_phone(string? person, Audience audience, string start) => Walk(person, audience, start);
}

/// <summary>Beside the patients' in time, on a portal of their own.</summary>
public sealed class EveryStaffPageTests(RunningPortal portal) : EveryPage(portal), IClassFixture<RunningPortal>
{
    [Theory]
    [InlineData("admin")]
    [InlineData("nurse")]
    [InlineData("pharmacist")]
    [InlineData("drlee")]
    [InlineData("frontdesk")]
    [InlineData("records")]
    [InlineData("privacy")]
    public Task every_page_is_accessible_by_day_and_night_on_desk_and_phone(string person) => Walk(person, Audience.Staff, "/staff");
}
