using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Browser.Tests;

/// <summary>How somebody gets in: with a letter, with a second factor, with a recovery code, with a mailed link, and for somebody else.</summary>
public sealed class SigningInTests : IAsyncLifetime
{
    const string Strong = "four unrelated words here", Other = "five other unrelated words here";

    static readonly System.Globalization.CultureInfo English = System.Globalization.CultureInfo.GetCultureInfo("en-US");

    readonly RunningPortal portal;

    public SigningInTests(Chromium chromium) => portal = new(chromium);

    public ValueTask InitializeAsync() => portal.InitializeAsync();

    public ValueTask DisposeAsync() => portal.DisposeAsync();

    [Fact]
    public async Task the_letters_picture_leads_to_an_account_once()
    {
        var desk = await portal.SignIn("frontdesk");
        await desk.GotoAsync("/staff/patients");
        await desk.Fill("Find a patient", "Goldberg");
        await desk.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        var born = DateOnly.Parse(await desk.Locator("main tbody td.numbers").First.InnerTextAsync(), English).ToString("yyyy-MM-dd", English);
        await desk.Follow("Goldberg");
        await desk.Follow("Issue an activation code");
        await desk.IsSound();
        await desk.Press("Issue a code");
        var code = await desk.Locator("[data-activation-code]").InnerTextAsync();
        await desk.IsSound();
        // The picture is that of the address with the code behind the "#", as a phone would read it.
        var address = $"{portal.Address}activate#{code}";
        (await desk.Locator(".qr path").First.GetAttributeAsync("d")).ShouldBe(PathOf(address));
        await desk.EmulateMediaAsync(new() { Media = Media.Print });
        (await desk.GetByRole(AriaRole.Button, new() { Name = "Print the letter" }).IsVisibleAsync()).ShouldBeFalse("On paper stands the letter alone.");

        var teen = await portal.Open();
        await teen.GotoAsync(address);
        await Assertions.Expect(teen.GetByLabel("Activation code")).ToHaveValueAsync(code);
        teen.Url.ShouldNotContain(code, Case.Insensitive, "It does not stay in the address, where the next person would read it.");
        await teen.IsSound();
        await teen.Fill("Date of birth", born);
        await teen.Fill("Choose a user name", "newcomer");
        await teen.Fill("E-mail address", "newcomer@example.org");
        await teen.Fill("Choose a password", Strong);
        await teen.Press("Activate my account");
        await teen.Shows("Your account is ready");
        await portal.SignIn(teen, "newcomer", Strong);

        var second = await portal.Open();
        await second.GotoAsync(address);
        await second.Fill("Date of birth", born);
        await second.Fill("Choose a user name", "latecomer");
        await second.Fill("E-mail address", "latecomer@example.org");
        await second.Fill("Choose a password", Strong);
        await second.Press("Activate my account");
        await Assertions.Expect(second.Locator("[role=alert]").First).ToBeVisibleAsync();
        await second.IsSound();
        await desk.EmulateMediaAsync(new() { Media = Media.Screen });
        await desk.Follow("Back to the chart");
        await desk.Follow("Activation codes");
        await desk.Shows("Used");
        await desk.IsSound();
    }

    [Fact]
    public async Task an_authenticator_app_is_set_up_asked_for_and_stood_in_for_by_recovery_codes_that_work_once()
    {
        var maria = await portal.SignIn("maria");
        await maria.GotoAsync("/account/second-factor");
        await maria.IsSound();
        await maria.Follow("Set up an authenticator app");
        await maria.Press("Continue");
        await Assertions.Expect(maria.Locator(".qr svg")).ToBeVisibleAsync();
        await maria.IsSound();
        var secret = await maria.Locator(".code").InnerTextAsync();
        await maria.Follow("The app shows a code");
        await maria.Fill("6-digit code", "000000");
        await maria.Press("Turn it on");
        await Assertions.Expect(maria.GetByLabel("6-digit code")).ToHaveAttributeAsync("aria-invalid", "true");
        await maria.IsSound();
        await maria.Fill("6-digit code", Totp.Now(portal.App.Clock, secret));
        await maria.Press("Turn it on");
        await maria.HasHeading("Your recovery codes");
        await maria.IsSound();
        var codes = await Codes(maria);
        codes.Count.ShouldBe(10);

        // A code is good once: the next sign-in needs the next.
        var phone = await Password("maria");
        await phone.IsSound();
        await phone.Fill("6-digit code", Totp.Now(portal.App.Clock, secret));
        await phone.Press("Continue");
        await Assertions.Expect(phone).ToHaveURLAsync(new Regex("/sign-in"));
        portal.App.Clock.Advance(TimeSpan.FromSeconds(30));
        await phone.Fill("6-digit code", Totp.Now(portal.App.Clock, secret));
        await phone.Press("Continue");
        await Assertions.Expect(phone).Not.ToHaveURLAsync(new Regex("/sign-in"));

        await (await Recover("maria", codes[0])).GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Maria" }).WaitForAsync();
        var again = await Recover("maria", codes[0]);
        await Assertions.Expect(again).ToHaveURLAsync(new Regex("/sign-in"));

        await maria.GotoAsync("/account/second-factor");
        await maria.Shows("You have 9 left.");
        await maria.Follow("Make new codes");
        await maria.Press("Make new codes");
        var renewed = await Codes(maria);
        renewed.ShouldNotContain(c => codes.Contains(c));
        await Assertions.Expect(await Recover("maria", codes[1])).ToHaveURLAsync(new Regex("/sign-in"));
        await (await Recover("maria", renewed[0])).GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Maria" }).WaitForAsync();
    }

    [Fact]
    public async Task a_forgotten_password_is_replaced_by_a_mailed_link_that_works_once_and_ends_the_sessions_before()
    {
        var before = await portal.SignIn("maria");
        var page = await portal.Open();
        await page.GotoAsync("/sign-in");
        await page.Follow("Forgot your password?");
        await page.IsSound();
        await page.Fill("User name", "maria");
        await page.Press("Send the link");
        await page.HasHeading("Look in your mailbox");
        await page.IsSound();

        var link = await Mailed("password");
        link.ShouldContain("#", Case.Sensitive, "No server reads what stands behind it.");
        await page.GotoAsync(link);
        await page.IsSound();
        await page.Fill("New password", "short");
        await page.Press("Save the new password");
        await Assertions.Expect(page.GetByLabel("New password")).ToHaveAttributeAsync("aria-invalid", "true");
        await page.Fill("New password", Other);
        await page.Press("Save the new password");
        await portal.SignIn(page, "maria", Other);

        await before.GotoAsync("/account");
        await Assertions.Expect(before).ToHaveURLAsync(new Regex("/sign-in"));

        var thief = await portal.Open();
        await thief.GotoAsync(link);
        await thief.Fill("New password", Strong);
        await thief.Press("Save the new password");
        await Assertions.Expect(thief.GetByRole(AriaRole.Link, new() { Name = "Ask for a new link" })).ToBeVisibleAsync();
        await thief.IsSound();
    }

    [Fact]
    public async Task somebody_invited_acts_for_a_patient_within_what_they_may_and_is_out_when_it_ends()
    {
        var maria = await portal.SignIn("maria");
        await Invite(maria, "Rosa Alvarez", "rosa@example.org");
        await maria.Shows("Rosa Alvarez");
        await maria.IsSound();
        var link = await Mailed("rosa@example.org");

        var rosa = await portal.Open();
        await rosa.GotoAsync(link);
        await rosa.IsSound();
        await rosa.Fill("Your name", "Rosa Alvarez");
        await rosa.Fill("Choose a user name", "rosa");
        await rosa.Fill("Choose a password", Strong);
        await rosa.Press("Make my account");
        // Signing in leads back to the invitation.
        if (await rosa.GetByLabel("User name").CountAsync() > 0)
        {
            await rosa.Fill("User name", "rosa");
            await rosa.Fill("Password", Strong);
            await rosa.Press("Sign in");
        }
        await rosa.HasHeading("Accept the invitation");
        await rosa.IsSound();
        await rosa.Fill("The patient’s date of birth", "1990-01-01");
        await rosa.Press("Accept");
        await Assertions.Expect(rosa.Locator("[role=alert]").First).ToBeVisibleAsync();
        await rosa.IsSound();
        var born = await BirthDate(maria);
        await rosa.Fill("The patient’s date of birth", born);
        await rosa.Press("Accept");
        await Assertions.Expect(rosa).ToHaveURLAsync(new Regex("/for/"));
        await Assertions.Expect(rosa.Locator("body")).ToContainTextAsync("Maria Alvarez");
        await rosa.IsSound();
        var pages = new Uri(rosa.Url).AbsolutePath.TrimEnd('/');
        await rosa.GotoAsync(pages + "/visits");
        await rosa.HasHeading("Visits");
        await rosa.GotoAsync(pages + "/results");
        await rosa.HasHeading("results");

        await maria.GotoAsync("/proxies");
        await maria.Follow("Change");
        await maria.GetByLabel("Record: results, notes, documents").UncheckAsync();
        await maria.IsSound();
        await maria.Press("Save");
        await rosa.ReloadAsync();
        await Assertions.Expect(rosa.Locator("main")).Not.ToContainTextAsync("Vitamin");
        await rosa.IsSound();
        await rosa.GotoAsync(pages + "/visits");
        await rosa.HasHeading("Visits");

        await maria.GotoAsync("/proxies");
        await maria.Follow("End access");
        await maria.IsSound();
        await maria.Press("End access now");
        await rosa.ReloadAsync();
        await rosa.HasHeading("There is nothing at this address");
        (await rosa.ContentAsync()).ShouldNotContain("Maria");

        // Three wrong birth dates end an invitation, and staff are told.
        await Invite(maria, "Nobody Inparticular", "rosa@example.org");
        await rosa.GotoAsync(await Mailed("rosa@example.org"));
        await rosa.Press("Go on");
        foreach (var wrong in (string[])["1990-01-01", "1990-01-02", "1990-01-03"])
        {
            await rosa.Fill("The patient’s date of birth", wrong);
            await rosa.Press("Accept");
        }
        await rosa.Fill("The patient’s date of birth", born);
        await rosa.Press("Accept");
        await Assertions.Expect(rosa.Locator("[role=alert]").First).ToBeVisibleAsync();
        await maria.GotoAsync("/proxies");
        (await maria.GetByText("See what they see").CountAsync()).ShouldBe(0);
    }

    static async Task Invite(IPage page, string name, string email)
    {
        await page.GotoAsync("/proxies/invite");
        await page.Press("Send the invitation");
        await Assertions.Expect(page.GetByLabel("Their e-mail address")).ToHaveAttributeAsync("aria-invalid", "true");
        await page.Fill("Their name", name);
        await page.Fill("Their e-mail address", email);
        await page.GetByLabel("Who they are to you").SelectOptionAsync(new SelectOptionValue { Index = 1 });
        await page.GetByLabel("Visits: see, book and cancel them").CheckAsync();
        await page.GetByLabel("Record: results, notes, documents").CheckAsync();
        await page.Press("Send the invitation");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex("/proxies$"));
    }

    static async Task<string> BirthDate(IPage page)
    {
        var me = System.Text.Json.JsonDocument.Parse(await (await page.APIRequest.GetAsync("/api/v1/patients/me")).TextAsync()).RootElement;
        return me.GetProperty("birthDate").GetString()!;
    }

    /// <summary>The link of the newest mail to this address, or about this.</summary>
    async Task<string> Mailed(string about)
    {
        await portal.App.CourierIsIdle();
        await portal.App.RunJob("send-notices");
        var mailbox = await portal.Open();
        await mailbox.GotoAsync("/mailbox");
        await mailbox.Locator("main ul a", new() { HasTextRegex = new Regex(about, RegexOptions.IgnoreCase) }).First.ClickAsync();
        return (await mailbox.Locator("section[aria-label='Text of the mail'] a").First.GetAttributeAsync("href"))!;
    }

    /// <summary>As far as the password goes.</summary>
    async Task<IPage> Password(string username)
    {
        var page = await portal.Open();
        await page.GotoAsync("/sign-in");
        await page.Fill("User name", username);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(PortalApp.Password);
        await page.Press("Sign in");
        await page.GetByLabel("6-digit code").WaitForAsync();
        return page;
    }

    async Task<IPage> Recover(string username, string code)
    {
        var page = await Password(username);
        await page.GetByText("I don't have my phone").ClickAsync();
        await page.Fill("Recovery code", code);
        await page.Press("Continue");
        await page.WaitForLoadStateAsync();
        return page;
    }

    static async Task<IReadOnlyList<string>> Codes(IPage page) => await page.Locator("main .codes li, main ul.code li, main ol li").AllInnerTextsAsync();

    static string PathOf(string address)
    {
        using var maker = new QRCoder.QRCodeGenerator();
        using var data = maker.CreateQrCode(address, QRCoder.QRCodeGenerator.ECCLevel.M);
        using var drawing = new QRCoder.SvgQRCode(data);
        return Regex.Match(drawing.GetGraphic(new System.Drawing.Size(180, 180), "#000", "#fff", drawQuietZones: true), " d=\"([^\"]+)\"").Groups[1].Value;
    }
}
