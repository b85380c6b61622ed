using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Browser.Tests;

/// <summary>Passkeys with Chromium's own virtual authenticator: what the browser makes and what the portal takes are the real thing.</summary>
public sealed class PasskeyTests(RunningPortal portal) : IClassFixture<RunningPortal>
{
    /// <summary>Passkeys have no address of numbers.</summary>
    string Named(string path) => new UriBuilder(portal.Address) { Host = "localhost" }.Uri.GetLeftPart(UriPartial.Authority) + path;

    static async Task HasAuthenticator(IPage page)
    {
        var cdp = await page.Context.NewCDPSessionAsync(page);
        await cdp.SendAsync("WebAuthn.enable");
        await cdp.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true,
            },
        });
    }

    async Task SignIn(IPage page)
    {
        await page.GotoAsync(Named("/sign-in"));
        await page.Fill("User name", "maria");
        await page.Fill("Password", PortalApp.Password);
        await page.Press("Sign in");
        await Assertions.Expect(page).Not.ToHaveURLAsync(new Regex("/sign-in"));
    }

    [Fact]
    public async Task one_is_added_signs_in_without_a_name_proves_who_sits_there_and_is_removed()
    {
        var page = await portal.Open();
        await HasAuthenticator(page);
        await SignIn(page);

        await page.GotoAsync(Named("/account/passkeys"));
        await page.Follow("Add a passkey");
        await page.Fill("Name", "My phone");
        await page.Press("Add a passkey");
        await page.Shows("My phone");
        await page.Shows("never used");

        await page.GotoAsync(Named("/account/passkeys/add"));
        await page.Fill("Name", "The same again");
        await page.Press("Add a passkey");
        await page.Shows("has a passkey for this account already");

        await page.Context.ClearCookiesAsync();
        await page.GotoAsync(Named("/sign-in?returnTo=%2Faccount%2Fpasskeys"));
        await page.Follow("Sign in with a passkey");
        await page.Press("Use a passkey");
        await page.Shows("last used");

        portal.App.Clock.Advance(TimeSpan.FromMinutes(11));
        await page.Follow("My phone");
        await page.Follow("Remove it");
        await page.HasHeading("Is it you?");
        await page.Follow("Use a passkey");
        await page.Press("Use a passkey");
        await page.HasHeading("Remove this passkey?");
        await page.Press("Remove it");
        await page.Shows("You have none yet");
    }

    [Fact]
    public async Task at_another_address_and_without_script_the_page_says_that_it_cannot()
    {
        var elsewhere = await portal.Open();
        await elsewhere.GotoAsync(new UriBuilder(portal.Address) { Host = "127.0.0.1" }.Uri.GetLeftPart(UriPartial.Authority) + "/sign-in/passkey");
        await elsewhere.Shows("Passkeys work only at the portal's own address, localhost.");
        (await elsewhere.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" }).IsVisibleAsync()).ShouldBeFalse();

        var plain = await portal.Open(script: false);
        await plain.GotoAsync(Named("/sign-in/passkey"));
        await plain.Shows("Passkeys need JavaScript");
        (await plain.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" }).IsVisibleAsync()).ShouldBeFalse();
        await plain.Follow("Sign in with the password");
        await plain.HasHeading("Sign in");
    }
}
