using Microsoft.EntityFrameworkCore;
using PatientPortal.Identity.Data;

namespace PatientPortal.Identity.Tests.ForEveryone;

public sealed class JoinStaffTests : IAsyncLifetime
{
    const string Strong = "violet anchor prairie";
    PortalApp app = null!;
    HttpClient admin = null!, nobody = null!;

    public async ValueTask InitializeAsync()
    {
        app = await PortalApp.New();
        (admin, nobody) = (await app.SignInAs("admin"), app.Anonymous());
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    async Task<(string Id, string Token)> Invited(string role = "Nurse")
    {
        var before = app.Mailbox().Count;
        var answer = await admin.PostAsJsonAsync("/api/v1/staff/invitations", new { name = "Ida Novak, RN", email = "ida@example.org", role });
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        return ((await answer.Json()).Text("id")!, await Mailed(before));
    }

    async Task<string> Mailed(int before)
    {
        await app.CourierIsIdle();
        await app.RunJob("send-notices");
        for (var i = 0; i < 100 && app.Mailbox().Count == before; i++) await Task.Delay(20);
        var mail = app.Mailbox().Last().Replace("=\r\n", "").Replace("=\n", "");
        return System.Text.RegularExpressions.Regex.Match(mail, @"/join#([\w\-]{43})").Groups[1].Value;
    }

    Task<HttpResponseMessage> Open(string token) => nobody.PostAsJsonAsync("/api/v1/join/open", new { token });

    async Task<HttpResponseMessage> Join(string token, string username = "ida", string? code = null, string password = Strong)
    {
        code ??= (await Open(token)) is { IsSuccessStatusCode: true } open ? app.CodeOf((await open.Json()).Text("secret")!) : "000000";
        return await nobody.PostAsJsonAsync("/api/v1/join", new { token, username, password, code });
    }

    [Fact]
    public async Task whoever_was_invited_joins_with_a_second_factor_and_works_in_their_role()
    {
        var (id, token) = await Invited();
        var opened = await (await Open(token)).Json();
        (opened.Text("name"), opened.Text("role"), opened.Text("invitedBy")).ShouldBe(("Ida Novak, RN", "Nurse", "Grace Whitfield"));
        var joined = await Join(token);
        joined.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await joined.Json()).GetProperty("recoveryCodes").GetArrayLength().ShouldBe(10);

        (await (await nobody.SignIn("ida", Strong)).Code()).ShouldBe("second_factor_required");
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        using var ida = await app.SignedIn("ida", app.CodeOf(opened.Text("secret")!), Strong);
        (await ida.GetAsync("/api/v1/staff/threads")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await ida.GetAsync("/api/v1/staff/accounts")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await admin.See("/api/v1/staff/invitations")).GetProperty("items").EnumerateArray().Single(i => i.Text("id") == id).Text("status").ShouldBe("used");
    }

    [Fact]
    public async Task R27_without_the_code_of_the_second_factor_there_is_no_account()
    {
        var (_, token) = await Invited();
        (await (await Join(token, code: "123456")).FieldErrors("code")).ShouldNotBeEmpty();
        (await (await Join(token, code: "")).FieldErrors("code")).ShouldNotBeEmpty();
        (await (await nobody.SignIn("ida", Strong)).Code()).ShouldBe("invalid_credentials");
        (await Join(token)).StatusCode.ShouldBe(HttpStatusCode.Created);
        // Nor is the second factor ever taken off.
        app.Clock.Advance(TimeSpan.FromSeconds(30));
        (await app.Inside(s => s.GetRequiredService<IdentityDb>().Accounts.CountAsync(a => a.Kind == Identity.Domain.AccountKind.Staff && a.TotpSecret == null))).ShouldBe(0);
    }

    [Fact]
    public async Task R24_used_replaced_taken_back_expired_and_invented_links_end_in_the_same_words()
    {
        var used = (await Invited()).Token;
        (await Join(used)).EnsureSuccessStatusCode();
        var (resent, old) = await Invited();
        var before = app.Mailbox().Count;
        (await admin.PostAsync($"/api/v1/staff/invitations/{resent}/resend", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var fresh = await Mailed(before);
        fresh.ShouldNotBe(old);
        var (revoked, taken) = await Invited();
        (await admin.PostAsync($"/api/v1/staff/invitations/{revoked}/revoke", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var late = (await Invited()).Token;
        (await Open(fresh)).StatusCode.ShouldBe(HttpStatusCode.OK);
        app.Clock.Advance(TimeSpan.FromDays(7));
        var answers = new HashSet<string>();
        foreach (var token in new[] { used, old, taken, late, "x", new string('a', 43) })
        {
            foreach (var answer in new[] { await Join(token, "somebody"), await Open(token) })
            {
                answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
                var said = await answer.Json();
                answers.Add($"{said.Text("code")} {said.Text("detail")} {said.Text("nextStep")}");
            }
        }
        answers.Count.ShouldBe(1);
    }

    [Fact]
    public async Task of_two_who_use_a_link_at_once_one_joins()
    {
        var (_, token) = await Invited();
        var code = app.CodeOf((await (await Open(token)).Json()).Text("secret")!);
        var answers = await Task.WhenAll(Join(token, "ida", code), Join(token, "ida2", code));
        answers.Select(a => a.StatusCode).Order().ShouldBe([HttpStatusCode.Created, HttpStatusCode.UnprocessableEntity]);
    }

    [Fact]
    public async Task a_taken_name_or_a_weak_password_does_not_use_up_the_link()
    {
        var (_, token) = await Invited();
        (await (await Join(token, "maria")).FieldErrors("username")).ShouldNotBeEmpty();
        (await (await Join(token, password: "password")).FieldErrors("password")).ShouldNotBeEmpty();
        (await (await Join(token, password: "Ida Novak, RN 77")).FieldErrors("password")).ShouldNotBeEmpty();
        (await Join(token)).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task what_somebody_handed_out_who_may_no_longer_opens_nothing()
    {
        var lee = (await (await app.SignInAs("drlee")).See("/api/v1/me")).Text("userId");
        (await admin.PutAsJsonAsync($"/api/v1/staff/members/{lee}/role", new { role = "Administrator" })).EnsureSuccessStatusCode();
        var before = app.Mailbox().Count;
        (await (await app.SignInAs("drlee")).PostAsJsonAsync("/api/v1/staff/invitations", new { name = "A Friend", email = "friend@example.org", role = "Administrator" })).EnsureSuccessStatusCode();
        var token = await Mailed(before);
        (await Open(token)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await admin.PostAsync($"/api/v1/staff/accounts/{lee}/disable", null)).EnsureSuccessStatusCode();
        (await (await Join(token, code: "123456")).Code()).ShouldBe("invitation_refused");
    }

    [Fact]
    public async Task the_token_and_the_secret_stand_nowhere_in_the_clear()
    {
        var (_, token) = await Invited();
        var secret = (await (await Open(token)).Json()).Text("secret")!;
        var bytes = await DatabaseBytes.Of(app.Database);
        bytes.Hold(token).ShouldBeFalse();
        bytes.Hold(secret).ShouldBeFalse();
        bytes.Hold("ida@example.org").ShouldBeFalse();
        app.Log.Lines.ShouldAllBe(l => !l.Contains(token) && !l.Contains(secret));
    }

    [Fact]
    public async Task the_page_joins_and_shows_the_recovery_codes_once()
    {
        var (_, token) = await Invited();
        using var browser = app.Browser();
        var asks = await browser.Page("/join");
        asks.QuerySelector("[data-mailed-link=open]").ShouldNotBeNull();
        (await (await browser.Send("/join", asks, "open", ("Link.Token", "not a link"))).Content.ReadAsStringAsync()).ShouldContain("Copy the whole link");
        var page = await (await browser.Send("/join", asks, "open", ("Link.Token", $"https://portal.example/join#{token}"))).Page();
        page.Body!.TextContent.ShouldContain("Ida Novak, RN");
        var secret = (await (await Open(token)).Json()).Text("secret")!;
        var again = await browser.Send("/join", page, "join", ("Form.Username", "ida"), ("Form.Password", Strong), ("Form.Code", ""));
        page = await again.Page();
        page.Body!.TextContent.ShouldContain("Enter the 6-digit code");
        (await (await browser.Send("/join", page, "join", ("Form.Username", "ida"), ("Form.Password", Strong), ("Form.Code", app.CodeOf(secret)))).Content.ReadAsStringAsync()).ShouldContain("Your recovery codes");
        var dead = await browser.Send("/join", await browser.Page("/join"), "open", ("Link.Token", token));
        dead.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await dead.Content.ReadAsStringAsync()).ShouldContain("This invitation has been used");
    }
}
