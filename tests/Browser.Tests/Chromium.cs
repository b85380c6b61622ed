using Microsoft.Playwright;
using Xunit;

[assembly: AssemblyFixture(typeof(PatientPortal.Browser.Tests.Chromium))]

namespace PatientPortal.Browser.Tests;

/// <summary>The browser, started once for all tests. Where there is none, tests say so and are skipped.</summary>
public sealed class Chromium : IAsyncLifetime
{
    static readonly string? Program = new[] { Environment.GetEnvironmentVariable("PORTAL_CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }
        .FirstOrDefault(File.Exists);

    IPlaywright? playwright;
    IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        if (Program is null) return;
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Program,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    /// <summary>A browser of somebody's own: its cookies are nobody else's.</summary>
    public async Task<IBrowserContext> Open(string address, bool script = true)
    {
        Assert.SkipWhen(browser is null, "There is no Chromium on this machine; set PORTAL_CHROMIUM to where it is.");
        var context = await browser!.NewContextAsync(new()
        {
            BaseURL = address, JavaScriptEnabled = script, Locale = "en-US", TimezoneId = "America/New_York",
            ViewportSize = new() { Width = 1280, Height = 900 }, ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(15_000);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
    }
}
