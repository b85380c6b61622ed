using Microsoft.Playwright;
using Shouldly;

namespace PatientPortal.Browser.Tests;

/// <summary>What a person does on a page, in the words they would use.</summary>
static class Walking
{
    public static Task Press(this IPage page, string button) =>
        page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).First.ClickAsync();

    public static Task Follow(this IPage page, string link) =>
        page.Locator("main").GetByRole(AriaRole.Link, new() { Name = link }).First.ClickAsync();

    public static Task Fill(this IPage page, string label, string text) => page.Locator("main").GetByLabel(label).And(page.Locator("input, textarea")).First.FillAsync(text);

    public static Task Choose(this IPage page, string label) => page.GetByLabel(label).First.CheckAsync();

    public static Task<string> Words(this IPage page) => page.Locator("main").InnerTextAsync();

    public static Task Shows(this IPage page, string words) => Assertions.Expect(page.Locator("main")).ToContainTextAsync(words);

    public static Task HasHeading(this IPage page, string words) =>
        Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync(words);

    /// <summary>On a desk and on a phone: nothing that axe finds, nothing wider than the screen.</summary>
    public static async Task IsSound(this IPage page)
    {
        foreach (var width in (int[])[1280, 390])
        {
            await page.SetViewportSizeAsync(width, 900);
            // As tall as the page: what the bar at the foot covers can be scrolled to.
            await page.SetViewportSizeAsync(width, Math.Clamp(await page.EvaluateAsync<int>("() => document.documentElement.scrollHeight"), 900, 12_000));
            (await Axe.Look(page, everything: width is 1280)).ShouldBeEmpty($"{page.Url} at {width}");
            (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBeLessThanOrEqualTo(0, $"{page.Url} at {width}");
        }
        await page.SetViewportSizeAsync(1280, 900);
    }
}
