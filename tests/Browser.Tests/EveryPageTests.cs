using System.Text;
using System.Text.Json;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
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
public sealed class EveryPageTests(RunningPortal portal) : IClassFixture<RunningPortal>
{
    static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new() { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
        ResultTypes = [ResultType.Violations],
    };

    // What the colours and the width decide. The rest is the same at each look, and is asked by day on a desk and by night on a phone.
    static readonly AxeRunOptions RulesOfLooks = new()
    {
        RunOnly = new() { Type = "rule", Values = ["color-contrast", "target-size", "link-in-text-block", "scrollable-region-focusable"] },
        ResultTypes = [ResultType.Violations],
    };

    static readonly (int Width, int Height, ColorScheme Scheme, AxeRunOptions Rules)[] Looks =
    [
        (1280, 900, ColorScheme.Light, Rules), (1280, 900, ColorScheme.Dark, RulesOfLooks),
        (390, 844, ColorScheme.Dark, Rules), (390, 844, ColorScheme.Light, RulesOfLooks),
    ];

    // A page that one person's walk has shown is not looked at again with another's eyes, but for the page where each begins.
    static readonly HashSet<string> Inspected = [];

    // Set to a folder, every page is photographed there.
    static readonly string? Photographs = Environment.GetEnvironmentVariable("PORTAL_SHOTS");

    [Theory]
    [InlineData(null, Audience.Everyone, "/sign-in")]
    [InlineData("maria", Audience.Patients, "/")]
    [InlineData("james", Audience.Patients, "/")]
    [InlineData("admin", Audience.Staff, "/staff")]
    [InlineData("nurse", Audience.Staff, "/staff")]
    [InlineData("pharmacist", Audience.Staff, "/staff")]
    [InlineData("drlee", Audience.Staff, "/staff")]
    [InlineData("frontdesk", Audience.Staff, "/staff")]
    public async Task every_page_is_accessible_by_day_and_night_on_desk_and_phone(string? person, Audience audience, string start)
    {
        var page = person is null ? await portal.Open() : await portal.SignIn(person);
        var routes = Pages();
        var mine = routes.Where(r => AudienceOf(r) == audience || person is not null && AudienceOf(r) is Audience.Members).ToList();
        var todo = new Queue<string>([start, .. mine.Where(r => r.RoutePattern.Parameters.Count is 0).Select(r => "/" + r.RoutePattern.RawText!.TrimStart('/'))]);
        var seen = new HashSet<RouteEndpoint>();
        var links = new HashSet<string>();
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
            if (Inspected.Add(path == start ? $"{person} {path}" : path.StartsWith("/for/", StringComparison.Ordinal) ? "for " + route.RoutePattern.RawText : route.RoutePattern.RawText!))
                await Inspect(page, path, person ?? "nobody", trouble);
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

    static async Task Inspect(IPage page, string path, string person, StringBuilder trouble)
    {
        foreach (var (width, height, scheme, rules) in Looks)
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
            foreach (var found in (await page.RunAxe(rules)).Violations)
                trouble.AppendLine($"{path} {width} {scheme}: {found.Id}: {found.Help}: {string.Join(" | ", found.Nodes.Take(3).Select(n => n.Html))}");
        }

        // WCAG 1.4.10: at 320 pixels nothing scrolls sideways.
        await page.SetViewportSizeAsync(320, 640);
        var over = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        if (over > 0) trouble.AppendLine($"{path}: {over} pixels too wide at 320: {await page.EvaluateAsync<string>(Widest)}");
    }

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
