using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Browser.Tests;

/// <summary>A patient's way through the portal, in a browser, from the bundle that brings their record to the log of who looked at it.</summary>
public sealed class JourneyTests(RunningPortal portal) : IClassFixture<RunningPortal>
{
    [Fact]
    public async Task a_record_is_imported_and_its_patient_activates_an_account_and_finds_it_there()
    {
        var bundle = Path.Combine(Repository, "..", "shared", "data", "fhir", "07-synthea-adult-diabetes-goals-1968.json");
        Assert.SkipUnless(File.Exists(bundle), "The sample bundles are not beside the repository.");
        var (given, family, born) = PatientOf(bundle);

        var staff = await portal.SignIn("admin");
        await staff.GotoAsync("/staff/import");
        await staff.GetByLabel("Bundle").SetInputFilesAsync(bundle);
        await staff.Press("Import");
        await Assertions.Expect(staff).ToHaveURLAsync(new Regex("/staff/import/."));
        await portal.App.CourierIsIdle();
        await staff.ReloadAsync();
        await staff.Shows("are stored");

        await staff.GotoAsync("/staff");
        await staff.GetByRole(AriaRole.Searchbox, new() { Name = "Find a patient" }).First.FillAsync(family);
        await staff.Keyboard.PressAsync("Enter");
        await staff.Follow(family);
        await staff.Follow("Issue an activation code");
        await staff.Press("Issue a code");
        var code = await staff.Locator("[data-activation-code]").InnerTextAsync();

        var patient = await portal.Open();
        await patient.GotoAsync("/sign-in");
        await patient.Follow("I have an activation code");
        await patient.Fill("Activation code", code);
        await patient.Fill("Date of birth", born);
        await patient.Fill("Choose a user name", "newcomer");
        await patient.Fill("E-mail address", "newcomer@example.org");
        await patient.Fill("Choose a password", "short");
        await patient.Press("Activate my account");
        await Assertions.Expect(patient.GetByLabel("Choose a password")).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(patient.GetByLabel("Choose a user name")).ToHaveValueAsync("newcomer");

        await patient.Fill("Choose a password", "four unrelated words here");
        await patient.Press("Activate my account");
        await portal.SignIn(patient, "newcomer", "four unrelated words here");
        await portal.App.CourierIsIdle();
        await patient.GotoAsync("/");
        await patient.HasHeading(given);
        await patient.GotoAsync("/conditions");
        (await patient.Locator("main li, main tbody tr").CountAsync()).ShouldBeGreaterThan(2);
    }

    [Fact]
    public async Task results_are_read_and_followed_over_time()
    {
        var page = await portal.SignIn("maria");
        await page.Locator("nav[aria-label=Main]").GetByText("Record").ClickAsync();
        await page.Follow("Test results");
        await page.Locator("main .rows a").First.ClickAsync();
        await Assertions.Expect(page.Locator("main table tbody tr").First).ToBeVisibleAsync();
        await page.GotoAsync("/results");
        await page.Locator("main .rows a", new() { HasText = "holesterol" }).First.ClickAsync();
        await page.Locator("main table th a").First.ClickAsync();
        await Assertions.Expect(page.Locator("svg.broad")).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("svg.slim")).ToBeHiddenAsync();
        (await page.Locator("main table tbody tr").CountAsync()).ShouldBeGreaterThan(1);
        await page.SetViewportSizeAsync(390, 844);
        await Assertions.Expect(page.Locator("svg.slim")).ToBeVisibleAsync();
        (await page.Locator("svg.slim text").First.EvaluateAsync<double>("t => t.getBoundingClientRect().height")).ShouldBeGreaterThan(11, "words in the chart can be read on a phone");
    }

    [Fact]
    public async Task a_message_is_answered_and_the_mail_about_it_says_nothing_of_health()
    {
        const string Question = "Is it fine to walk after the knee injection?", Answer = "Yes, start slowly and stop when it hurts.";
        var page = await portal.SignIn("maria");
        await page.GotoAsync("/messages/new?topic=other&anyway=true");
        await page.Locator("main input[type=radio]").First.CheckAsync();
        await page.Fill("Subject", "Walking");
        await page.Fill("Your message", Question);
        await page.Press("Send message");
        await page.Shows(Question);
        await page.Shows("The team answers by");
        await portal.App.CourierIsIdle();

        var nurse = await portal.SignIn("nurse");
        await nurse.GotoAsync("/staff/inbox");
        await nurse.Follow("Walking");
        await nurse.Shows(Question);
        await nurse.GetByRole(AriaRole.Button, new() { Name = "Claim" }).ClickAsync();
        await nurse.Fill("Answer", Answer);
        await nurse.Press("Send answer");
        await portal.App.CourierIsIdle();
        await SendMail();

        var mail = portal.App.Mailbox()[^1];
        mail.ShouldNotContain("walk", Case.Insensitive);
        mail.ShouldNotContain("knee", Case.Insensitive);
        await page.GotoAsync("/");
        await page.GotoAsync("/messages");
        await page.Follow("Walking");
        await page.Shows(Answer);
    }

    [Fact]
    public async Task a_refill_is_asked_for_and_approved_and_another_denied_with_a_reason()
    {
        var page = await portal.SignIn("maria");
        var pharmacist = await portal.SignIn("pharmacist");
        foreach (var approve in new[] { true, false })
        {
            var medicine = await AskForRefill(page);
            if (medicine is null) { approve.ShouldBeFalse("Maria has at least one medicine to refill"); return; }
            await page.Shows("Asked");
            await portal.App.CourierIsIdle();

            await pharmacist.GotoAsync("/staff/refills");
            await pharmacist.Locator("tr", new() { HasText = medicine }).GetByRole(AriaRole.Link).First.ClickAsync();
            if (approve) await pharmacist.Press("Approve");
            else
            {
                await pharmacist.Fill("Reason for not approving", "We need a blood test first.");
                await pharmacist.Fill("What the patient should do next", "Book a visit at the laboratory.");
                await pharmacist.Press("Deny with this reason");
            }
            await portal.App.CourierIsIdle();
            await page.ReloadAsync();
            await page.Shows(approve ? "Approved" : "We need a blood test first.");
        }
    }

    [Fact]
    public async Task the_access_log_names_the_nurse_who_looked_and_what_she_saw()
    {
        var page = await portal.SignIn("maria");
        var chart = (await PortalApp.OwnChart(await portal.App.SignInAs("maria"))).ToString();
        var nurse = await portal.SignIn("nurse");
        await nurse.GotoAsync($"/staff/patients/{chart}");
        var name = (await nurse.Locator("header .opens").InnerTextAsync()).Split(',')[0].Trim();

        await page.GotoAsync("/access-log");
        await page.Shows(name);
        await page.Shows("Nurse");
    }

    [Fact]
    public async Task the_portal_works_without_script()
    {
        var page = await portal.SignIn("maria", script: false);
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("record") }).ClickAsync();
        await Assertions.Expect(page.Locator("#menu")).ToBeVisibleAsync();
        await page.Press("Español");
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "es");
        await page.Locator(".opens").ClickAsync();
        await page.Press("English");
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("lang", "en");
        await page.Locator(".opens").ClickAsync();
        await page.Press("Sign out");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/sign-in"));
        await page.Shows("signed out");
    }

    static async Task<string?> AskForRefill(IPage page)
    {
        await page.GotoAsync("/medications");
        var paths = await page.EvalOnSelectorAllAsync<string[]>("main .rows a[href*='/medications/']", "all => all.map(a => a.getAttribute('href'))");
        foreach (var path in paths)
        {
            await page.GotoAsync(path);
            var ask = page.Locator("main").GetByRole(AriaRole.Link, new() { NameRegex = new("^Ask for a re(fill|newal)") });
            if (await ask.CountAsync() is 0) continue;
            var medicine = await page.Locator("h1").InnerTextAsync();
            await ask.ClickAsync();
            if (await page.Locator("main input[type=radio]").CountAsync() > 0) await page.Locator("main input[type=radio]").First.CheckAsync();
            await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Ask for the re(fill|newal)") }).ClickAsync();
            await Assertions.Expect(page).ToHaveURLAsync(new Regex("/refills/"));
            return medicine;
        }
        return null;
    }

    async Task SendMail()
    {
        portal.App.Clock.Advance(TimeSpan.FromMinutes(1));
        await portal.App.CourierIsIdle();
        await portal.App.RunJob("send-mail");
    }

    static string Repository
    {
        get
        {
            var folder = new DirectoryInfo(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(folder.FullName, "PatientPortal.sln"))) folder = folder.Parent!;
            return folder.FullName;
        }
    }

    static (string Given, string Family, string Born) PatientOf(string bundle)
    {
        using var json = JsonDocument.Parse(File.ReadAllText(bundle));
        var patient = json.RootElement.GetProperty("entry").EnumerateArray().Select(e => e.GetProperty("resource")).First(r => r.GetProperty("resourceType").GetString() is "Patient");
        var name = patient.GetProperty("name")[0];
        return (name.GetProperty("given")[0].GetString()!, name.GetProperty("family").GetString()!, patient.GetProperty("birthDate").GetString()!);
    }
}
