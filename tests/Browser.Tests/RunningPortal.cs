using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Playwright;
using PatientPortal.Testing;
using Xunit;

namespace PatientPortal.Browser.Tests;

/// <summary>The portal on a port of its own, as a browser finds it.</summary>
public sealed class RunningPortal(Chromium chromium) : IAsyncLifetime
{
    public PortalApp App { get; } = new();

    public string Address { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        App.UseKestrel(0);
        await App.InitializeAsync();
        Address = App.ClientOptions.BaseAddress.ToString();
    }

    /// <summary>A page of a browser in which nobody is signed in. What the browser complains about fails the test that asks for <see cref="Complaints"/>.</summary>
    public async Task<IPage> Open(bool script = true)
    {
        var context = await chromium.Open(Address, script);
        var page = await context.NewPageAsync();
        page.Console += (_, said) =>
        {
            if (said.Type is "error" or "warning" && !said.Text.Contains("status of 4", StringComparison.Ordinal)) Complaints.Add($"{page.Url}: {said.Text}");
        };
        page.PageError += (_, error) => Complaints.Add($"{page.Url}: {error}");
        return page;
    }

    public List<string> Complaints { get; } = [];

    /// <summary>Signs in through the page, with the second step where there is one.</summary>
    public async Task<IPage> SignIn(string username, string password = PortalApp.Password, bool script = true)
    {
        var page = await Open(script);
        await SignIn(page, username, password);
        return page;
    }

    public async Task SignIn(IPage page, string username, string password = PortalApp.Password)
    {
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("User name").FillAsync(username);
        await page.GetByLabel("Password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.GetByLabel("6-digit code").Or(page.Locator(".opens")).First.WaitForAsync();
        if (await page.GetByLabel("6-digit code").IsVisibleAsync())
        {
            // A code is good once, and the clock stands still.
            App.Clock.Advance(TimeSpan.FromSeconds(30));
            await page.GetByLabel("6-digit code").FillAsync(Totp.Now(App.Clock));
            await page.GetByRole(AriaRole.Button, new() { Name = "Continue" }).ClickAsync();
        }
        await Assertions.Expect(page).Not.ToHaveURLAsync(new Regex("/sign-in"));
    }

    public async ValueTask DisposeAsync() => await App.DisposeAsync();
}
