using Deque.AxeCore.Commons;
using Microsoft.Playwright;

namespace PatientPortal.Browser.Tests;

/// <summary>
/// axe-core, put into a page once and asked as often as one likes. The package's own way puts it in anew for each question, in a second tab too:
/// that was most of the time of a walk. No page of the portal has frames, the one thing that way is for.
/// </summary>
static class Axe
{
    static readonly string Source = Read();

    const string Rules = """
        { runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }, resultTypes: ['violations'] }
        """;

    const string RulesOfLooks = """
        { runOnly: { type: 'rule', values: ['color-contrast', 'target-size', 'link-in-text-block', 'scrollable-region-focusable'] }, resultTypes: ['violations'] }
        """;

    /// <param name="everything">False asks only what colours and width decide.</param>
    /// <returns>A line for each rule that is broken, with up to three places.</returns>
    public static async Task<string[]> Look(IPage page, bool everything)
    {
        if (await page.EvaluateAsync<bool>("() => document.querySelector('iframe, frame') !== null")) throw new InvalidOperationException($"{page.Url} has frames: look into them too.");
        if (!await page.EvaluateAsync<bool>("() => 'axe' in window")) await page.EvaluateAsync(Source);
        return await page.EvaluateAsync<string[]>($$"""
            async () => (await axe.run(document, {{(everything ? Rules : RulesOfLooks)}})).violations
              .map(v => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map(n => n.html).join(' | ')}`)
            """);
    }

    static string Read()
    {
        using var stream = typeof(AxeRunOptions).Assembly.GetManifestResourceStream("Deque.AxeCore.Commons.Resources.axe.min.js")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
