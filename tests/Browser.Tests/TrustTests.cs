using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Browser.Tests;

/// <summary>Who sees a chart, and until when: a child who comes of age, a chart that staff open with a reason, and staff who look over a patient's shoulder.</summary>
public sealed class TrustTests : IAsyncLifetime
{
    // Each moves the clock: a portal each.
    readonly RunningPortal portal;

    public TrustTests(Chromium chromium) => portal = new(chromium);

    public ValueTask InitializeAsync() => portal.InitializeAsync();

    public ValueTask DisposeAsync() => portal.DisposeAsync();

    [Fact]
    public async Task on_the_evening_before_the_18th_birthday_a_parent_is_in_and_at_midnight_out()
    {
        var earlier = await portal.SignIn("james");
        var child = JsonDocument.Parse(await (await earlier.APIRequest.GetAsync("/api/v1/me")).TextAsync()).RootElement.GetProperty("patients").EnumerateArray().Single(p => p.GetProperty("relation").GetString() is "parent");
        var (id, name) = (child.GetProperty("id").GetGuid(), child.GetProperty("name").GetString()!);
        var chart = JsonDocument.Parse(await (await earlier.APIRequest.GetAsync($"/api/v1/patients/{id}")).TextAsync()).RootElement;
        var birthday = DateOnly.Parse(chart.GetProperty("birthDate").GetString()!, System.Globalization.CultureInfo.InvariantCulture).AddYears(18);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(chart.TryGetProperty("timeZone", out var at) && at.GetString() is { } own ? own : "America/New_York");
        var midnight = birthday.ToDateTime(TimeOnly.MinValue);
        portal.App.Clock.Set(new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).AddMinutes(-5));

        var page = await portal.SignIn("james");
        await page.GotoAsync($"/for/{id}/visits");
        await page.HasHeading("Visits");
        await Assertions.Expect(page.Locator("body")).ToContainTextAsync(name);
        await page.IsSound();

        portal.App.Clock.Advance(TimeSpan.FromMinutes(5));
        await page.ReloadAsync();
        await page.HasHeading("There is nothing at this address");
        (await page.ContentAsync()).ShouldNotContain(name);
        await page.GotoAsync("/");
        await page.HasHeading("James");
        (await page.ContentAsync()).ShouldNotContain(name, Case.Sensitive, "The switcher offers nobody any more.");
        await page.IsSound();

        // The front desk is told, and gives the new adult a letter.
        await portal.App.RunJob("keep-proxies");
        var desk = await portal.SignIn("frontdesk");
        await desk.GotoAsync("/staff/proxies");
        await desk.Shows(name);
        await desk.IsSound();
    }

    [Fact]
    public async Task a_protected_chart_opens_with_a_reason_for_an_hour_is_told_to_the_patient_and_reviewed()
    {
        var nurse = await portal.SignIn("nurse");
        await Tie(nurse, "Maria");
        await Chart(nurse, "Maria");
        await nurse.Shows("You said that you know this patient");
        await nurse.IsSound();

        await nurse.Press("Open the chart");
        await Assertions.Expect(nurse.GetByLabel("Why do you need this chart now?")).ToHaveAttributeAsync("aria-invalid", "true");
        await nurse.GetByLabel("Reason", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await nurse.Fill("Why do you need this chart now?", "She collapsed in the waiting room");
        await nurse.Press("Open the chart");
        await Assertions.Expect(nurse).ToHaveURLAsync(new Regex("/staff/patients/[0-9a-f-]{36}$"));
        await Assertions.Expect(nurse.Locator("[aria-label='Open chart']")).ToContainTextAsync("the privacy officer reviews it");
        await nurse.IsSound();

        // The session is kept awake; the chart closes by itself.
        for (var minutes = 0; minutes < 60; minutes += 12)
        {
            await nurse.ReloadAsync();
            await Assertions.Expect(nurse.Locator("[aria-label='Open chart']")).ToBeVisibleAsync();
            portal.App.Clock.Advance(TimeSpan.FromMinutes(12));
        }
        await nurse.ReloadAsync();
        await nurse.Shows("You said that you know this patient");
        await Assertions.Expect(nurse.GetByRole(AriaRole.Button, new() { Name = "Open the chart" })).ToBeVisibleAsync();

        var maria = await portal.SignIn("maria");
        await maria.GotoAsync("/access-log");
        await maria.Shows("Nadia Brooks");
        await maria.Shows("Protected record opened");
        await maria.Shows("Reason: an emergency");
        await maria.IsSound();

        var privacy = await portal.SignIn("privacy");
        await privacy.GotoAsync("/staff/break-glass");
        await privacy.Shows("She collapsed in the waiting room");
        await privacy.IsSound();
        await privacy.Press("Record the review");
        await Assertions.Expect(privacy.GetByLabel("What you found")).ToHaveAttributeAsync("aria-invalid", "true");
        await privacy.GetByLabel("What you found").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await privacy.Press("Record the review");
        await privacy.Shows("Nothing waits");
        await privacy.GotoAsync("/staff/break-glass?status=reviewed");
        await privacy.Shows("She collapsed in the waiting room");
        await privacy.IsSound();
    }

    [Fact]
    public async Task a_support_view_shows_everything_changes_nothing_ends_by_itself_and_is_in_the_patients_log()
    {
        var desk = await portal.SignIn("frontdesk");
        await Chart(desk, "Maria");
        await desk.Follow("See their pages as they do");
        await desk.Press("Open their pages");
        await Assertions.Expect(desk.GetByLabel("Reason")).ToHaveAttributeAsync("aria-invalid", "true");
        await desk.IsSound();
        await desk.Fill("Reason", "Cannot find the lab report");
        await desk.Press("Open their pages");
        await Assertions.Expect(desk).ToHaveURLAsync(new Regex("/support/"));
        var pages = new Uri(desk.Url).AbsolutePath.TrimEnd('/');
        foreach (var path in (string[])["/", "/results", "/visits", "/messages", "/medications"])
        {
            await desk.GotoAsync(pages + path);
            await Assertions.Expect(desk.GetByText("Nothing can be changed.")).ToBeVisibleAsync();
            await desk.IsSound();
        }

        await desk.GotoAsync(pages + "/messages/new?topic=question");
        await desk.Fill("Subject", "In her name");
        await desk.Fill("Your message", "This must not be sent");
        await desk.Press("Send message");
        await desk.HasHeading("Nothing can be changed in a support view");
        await desk.IsSound();

        portal.App.Clock.Advance(TimeSpan.FromMinutes(14));
        await desk.GotoAsync(pages + "/results");
        await Assertions.Expect(desk.GetByText("Nothing can be changed.")).ToBeVisibleAsync();
        portal.App.Clock.Advance(TimeSpan.FromMinutes(1));
        await desk.ReloadAsync();
        await desk.HasHeading("The support view has ended");
        await desk.IsSound();

        var maria = await portal.SignIn("maria");
        await maria.GotoAsync("/access-log");
        await maria.Shows("Cannot find the lab report");
        await maria.IsSound();
        (await (await maria.APIRequest.GetAsync("/api/v1/patients/me/threads?limit=100")).TextAsync()).ShouldNotContain("In her name");
    }

    static async Task Chart(IPage page, string patient)
    {
        await page.GotoAsync("/staff/patients");
        await page.Fill("Find a patient", patient);
        await page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await page.Locator("main a", new() { HasTextRegex = new Regex(patient) }).First.ClickAsync();
    }

    /// <summary>Says that they know this patient, by the number that the search shows.</summary>
    static async Task Tie(IPage page, string patient)
    {
        await page.GotoAsync("/staff/patients");
        await page.Fill("Find a patient", patient);
        await page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        var number = await page.Locator("main tbody tr", new() { HasTextRegex = new Regex(patient) }).First.Locator("td[data-label=Chart]").InnerTextAsync();
        await page.GotoAsync("/staff/me/ties");
        await page.Fill("Chart number", number);
        await page.GetByLabel("Who is it?").SelectOptionAsync(new SelectOptionValue { Index = 2 });
        await page.Press("Add");
        await page.Shows(patient);
    }
}
