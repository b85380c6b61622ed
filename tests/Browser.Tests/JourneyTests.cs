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

        await Find(staff, family, family);
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
        // Whoever waits longest stands first.
        while (await nurse.Locator("main").GetByRole(AriaRole.Link, new() { Name = "Walking" }).CountAsync() is 0) await nurse.Follow("Show more");
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
            await pharmacist.Locator("tr", new() { HasText = medicine }).Filter(new() { HasText = "Maria Alvarez" }).GetByRole(AriaRole.Link).First.ClickAsync();
            if (approve) await pharmacist.Press("Approve");
            else
            {
                await pharmacist.Fill("Reason for not approving", "We need a blood test first.");
                await pharmacist.Fill("What the patient should do next", "Book a visit at the laboratory.");
                await pharmacist.Press("Deny with this reason");
            }
            await pharmacist.Shows(approve ? "Approved" : "Denied");
            await portal.App.CourierIsIdle();
            await page.ReloadAsync();
            await page.Shows(approve ? "Approved" : "We need a blood test first.");
        }
    }

    [Fact]
    public async Task a_visit_is_booked_moved_and_cancelled()
    {
        var page = await portal.SignIn("maria");
        await page.Locator("nav[aria-label=Main]").GetByText("Visits").ClickAsync();
        await page.Follow("Book a visit");
        await page.Locator("main .rows a").First.ClickAsync();
        await TakeATime(page);
        await page.Press("Book this visit");
        await Assertions.Expect(page.GetByLabel("What is this visit about?")).ToHaveAttributeAsync("aria-invalid", "true");
        await page.Fill("What is this visit about?", "My knee hurts on stairs");
        await page.Press("Book this visit");
        await page.Shows("Your visit is booked");
        var visit = page.Url;
        var first = await page.Locator("main .card").First.InnerTextAsync();

        var calendar = await page.EvaluateAsync<string>("async () => await (await fetch([...document.links].find(a => a.pathname.endsWith('.ics')).href)).text()");
        calendar.ShouldContain("BEGIN:VEVENT");
        calendar.ShouldNotContain("knee");

        await page.Follow("Move to another time");
        await TakeATime(page, last: true);
        await page.Press("Confirm the new time");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/visits/[0-9a-f-]+$"));
        (await page.Locator("main .card").First.InnerTextAsync()).ShouldNotBe(first);

        await page.GotoAsync(visit);
        await page.Locator("main details.confirm summary").ClickAsync();
        if (await page.Locator("main details.confirm textarea, main details.confirm input[type=text]").CountAsync() > 0)
            await page.Locator("main details.confirm textarea, main details.confirm input[type=text]").First.FillAsync("I am away");
        await page.Locator("main details.confirm button.button").ClickAsync();
        await page.Shows("Cancelled");
    }

    [Fact]
    public async Task the_access_log_names_the_nurse_who_looked_and_her_role()
    {
        var nurse = await portal.SignIn("nurse");
        await Find(nurse, "Alvarez", "Maria Alvarez");
        var name = (await nurse.Locator("header .opens").InnerTextAsync()).Split(',')[0].Trim();

        var page = await portal.SignIn("maria");
        await page.Locator(".opens").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Who looked at this record" }).First.ClickAsync();
        await page.Shows(name);
        await page.Shows("Nurse");
    }

    [Fact]
    public async Task a_protected_chart_is_opened_with_a_reason_reviewed_and_seen_by_its_patient()
    {
        var officer = await portal.SignIn("privacy");
        await Find(officer, "Rahman", "Aisha Rahman");
        await officer.Follow("Protection");
        await officer.Fill("Why?", "In the news");
        await officer.Press("Protect it");
        await officer.Shows("In the news");

        var nurse = await portal.SignIn("nurse");
        await Find(nurse, "Rahman", "Aisha Rahman");
        await nurse.HasHeading("The chart of Aisha Rahman is protected");
        await nurse.Press("Open the chart");
        await nurse.Shows("Choose a reason.");
        await nurse.GetByLabel("Reason").First.SelectOptionAsync("An emergency");
        await nurse.Fill("Why do you need this chart now?", "Unconscious in the waiting room");
        await nurse.Press("Open the chart");
        await nurse.HasHeading("Aisha Rahman");
        await Assertions.Expect(nurse.Locator(".whom.glass")).ToContainTextAsync("you opened it with a reason");
        await nurse.Locator(".whom.glass").GetByRole(AriaRole.Link, new() { Name = "Close it now" }).ClickAsync();
        await nurse.Press("Close it now");
        await Find(nurse, "Rahman", "Aisha Rahman");
        await nurse.HasHeading("The chart of Aisha Rahman is protected");

        await officer.GotoAsync("/staff/break-glass");
        await officer.Shows("Unconscious in the waiting room");
        await officer.GetByLabel("What you found").First.SelectOptionAsync("It was needed");
        await officer.Press("Record the review");
        await officer.Shows("Nothing waits");

        var patient = await portal.SignIn("aisha");
        await patient.GotoAsync("/access-log");
        await patient.Shows("Protected record opened");
        await patient.Shows("Reason: an emergency");
    }

    [Fact]
    public async Task staff_look_at_a_patients_pages_as_the_patient_sees_them_and_change_nothing()
    {
        var desk = await portal.SignIn("frontdesk");
        await Find(desk, "Carter", "James Carter");
        await desk.Follow("See their pages as they do");
        await desk.Fill("Reason", "Cannot find the lab report");
        await desk.Press("Open their pages");
        await Assertions.Expect(desk.Locator(".whom")).ToContainTextAsync("Support view: you see James Carter’s pages");
        await desk.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).GetByRole(AriaRole.Link, new() { Name = "Messages" }).ClickAsync();
        await Assertions.Expect(desk).ToHaveURLAsync(new Regex("/support/.*/messages$"));
        (await desk.APIRequest.PostAsync($"{portal.Address}language")).Status.ShouldBe(403);
        await desk.Locator(".whom").GetByRole(AriaRole.Link, new() { Name = "End the view" }).ClickAsync();
        await desk.Press("End it");
        await desk.HasHeading("James Carter");

        var patient = await portal.SignIn("james");
        await patient.GotoAsync("/access-log");
        await patient.Shows("Reason: Cannot find the lab report");
    }

    [Fact]
    public async Task staff_see_the_jobs_and_the_day()
    {
        var page = await portal.SignIn("admin");
        await page.GotoAsync("/staff/jobs");
        await page.Shows("send-reminders");
        page = await portal.SignIn("frontdesk");
        await page.GotoAsync("/staff/schedule");
        await Assertions.Expect(page.Locator("table.day").First).ToBeVisibleAsync();
    }

    [Fact]
    public async Task signing_in_and_booking_need_no_mouse()
    {
        var page = await portal.Open();
        await page.GotoAsync("/sign-in");
        await TabTo(page, "User name");
        await page.Keyboard.TypeAsync("aisha");
        await TabTo(page, "Password");
        await page.Keyboard.TypeAsync(PortalApp.Password);
        await page.Keyboard.PressAsync("Enter");
        await page.Locator(".opens").WaitForAsync();

        await page.Keyboard.PressAsync("Tab");
        (await Focused(page)).ShouldContain("Skip to the content");
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        (await page.EvaluateAsync<bool>("() => document.querySelector('main').contains(document.activeElement)")).ShouldBeTrue("the skip link leads past the header");

        await page.GotoAsync("/visits");
        await TabTo(page, "Book a visit");
        await page.Keyboard.PressAsync("Enter");
        await page.HasHeading("What is the visit for?");
        await page.Locator("main .rows a").First.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await TakeATime(page, keyboard: true);
        await TabTo(page, "What is this visit about?");
        await page.Keyboard.TypeAsync("A question about my inhaler");
        await TabTo(page, "Book this visit");
        await page.Keyboard.PressAsync("Enter");
        await page.Shows("Your visit is booked");
    }

    [Fact]
    public async Task the_home_page_weighs_less_than_60_kilobytes_with_its_style()
    {
        var page = await portal.SignIn("maria");
        var weight = await page.EvaluateAsync<int>("""
            async () => {
              const bytes = async address => (await (await fetch(address)).blob()).size;
              return await bytes('/') + await bytes(document.querySelector('link[rel=stylesheet]').href);
            }
            """);
        TestContext.Current.TestOutputHelper?.WriteLine($"{weight} bytes");
        weight.ShouldBeLessThan(60_000);
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

    static async Task Find(IPage staff, string words, string name)
    {
        await staff.GotoAsync("/staff");
        await staff.Keyboard.PressAsync("/");
        await staff.Keyboard.TypeAsync(words);
        await staff.Keyboard.PressAsync("Enter");
        await staff.HasHeading("Patients");
        await staff.Follow(name);
        await staff.Locator("section.whom").WaitForAsync();
    }

    static async Task TakeATime(IPage page, bool last = false, bool keyboard = false)
    {
        await page.HasHeading("Choose a time");
        if (await page.Locator("main .times a").CountAsync() is 0) await page.Follow("Go to the next open time");
        await page.Locator("main .times a").First.WaitForAsync();
        var time = last ? page.Locator("main .times a").Last : page.Locator("main .times a").First;
        if (!keyboard) { await time.ClickAsync(); return; }
        await time.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.HasHeading("Book this visit");
    }

    static async Task TabTo(IPage page, string words)
    {
        for (var i = 0; i < 40; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if ((await Focused(page)).Contains(words, StringComparison.Ordinal)) return;
        }
        Assert.Fail($"Forty steps of the Tab key did not reach \"{words}\".");
    }

    static Task<string> Focused(IPage page) => page.EvaluateAsync<string>("() => { const e = document.activeElement; return (e.labels?.[0] ?? e).innerText ?? ''; }");

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
        await portal.App.RunJob("send-notices");
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
