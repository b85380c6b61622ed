using Microsoft.Playwright;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Browser.Tests;

/// <summary>R72: two minutes before a session ends the page says so, and going on keeps what was written. The browser's clock is set as well as the portal's.</summary>
public sealed class SessionWarningTests(RunningPortal portal) : IClassFixture<RunningPortal>
{
    const string Written = "My knee hurts since Tuesday, and the swelling has not gone down.";

    static ILocator Box(IPage page) => page.Locator("dialog#session");

    async Task<IPage> Writing(string username = "maria")
    {
        var page = await portal.Open();
        await page.Clock.InstallAsync();
        await portal.SignIn(page, username);
        await page.GotoAsync("/messages/new?topic=question");
        await page.Fill("Your message", Written);
        return page;
    }

    async Task Pass(IPage page, TimeSpan time)
    {
        portal.App.Clock.Advance(time);
        await page.Clock.FastForwardAsync((long)time.TotalMilliseconds);
    }

    [Fact]
    public async Task R72_two_minutes_before_the_end_it_asks_and_going_on_keeps_the_form_by_keyboard_alone()
    {
        var page = await Writing();
        await Pass(page, TimeSpan.FromMinutes(27.5));
        await Assertions.Expect(Box(page)).ToBeHiddenAsync();

        await Pass(page, TimeSpan.FromSeconds(40));
        await Assertions.Expect(page.GetByRole(AriaRole.Alertdialog, new() { Name = "You are about to be signed out" })).ToBeVisibleAsync();
        await Assertions.Expect(Box(page).Locator("[data-countdown]:visible")).ToContainTextAsync("1:");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Stay signed in" })).ToBeFocusedAsync();
        (await Axe.Look(page, everything: true)).ShouldBeEmpty();

        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Box(page)).ToBeHiddenAsync();
        (await page.GetByLabel("Your message").InputValueAsync()).ShouldBe(Written);

        // It was the portal that kept the session, not the page that closed its box.
        await Pass(page, TimeSpan.FromMinutes(27));
        await page.ReloadAsync();
        await page.Shows("Who should answer?");
    }

    [Fact]
    public async Task R72_once_it_is_over_the_page_is_covered_and_signing_in_in_another_tab_gives_it_back_with_what_was_written()
    {
        var page = await Writing();
        await Pass(page, TimeSpan.FromMinutes(31));
        await Assertions.Expect(page.GetByRole(AriaRole.Alertdialog, new() { Name = "You were signed out" })).ToBeVisibleAsync();
        (await Box(page).EvaluateAsync<string>("b => getComputedStyle(b, '::backdrop').backgroundColor")).ShouldStartWith("rgb(");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(Box(page)).ToBeVisibleAsync();

        var other = await page.RunAndWaitForPopupAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Sign in again" }).ClickAsync());
        await portal.SignIn(other, "maria");
        await Assertions.Expect(Box(page)).ToBeHiddenAsync();
        (await page.GetByLabel("Your message").InputValueAsync()).ShouldBe(Written);
    }

    [Fact]
    public async Task what_one_person_left_open_is_gone_when_another_signs_in_beside_it()
    {
        var page = await Writing();
        await Pass(page, TimeSpan.FromMinutes(31));
        await Assertions.Expect(Box(page)).ToBeVisibleAsync();
        var other = await page.RunAndWaitForPopupAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Sign in again" }).ClickAsync());
        await portal.SignIn(other, "aisha");
        await Assertions.Expect(page.GetByText(Written)).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByLabel("Your message")).Not.ToHaveValueAsync(Written);
    }
}
