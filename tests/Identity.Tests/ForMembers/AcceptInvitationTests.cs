using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Tests.ForMembers;

public sealed class AcceptInvitationTests : IAsyncLifetime
{
    PortalApp app = null!;
    HttpClient maria = null!;
    Guid chart;
    DateOnly birth;

    public async ValueTask InitializeAsync()
    {
        app = await PortalApp.New();
        maria = await app.SignInAs("maria");
        chart = await PortalApp.OwnChart(maria);
        birth = await app.BirthDateOf(chart);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task an_invited_sister_makes_an_account_and_sees_what_she_was_given_and_no_more()
    {
        var (_, token) = await app.Invite();
        var rosa = await app.Join(token);
        (await rosa.GetAsync($"/api/v1/patients/{chart}/appointments")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        var accepted = await rosa.Accept(token, birth);
        accepted.StatusCode.ShouldBe(HttpStatusCode.Created, await accepted.Content.ReadAsStringAsync());

        (await rosa.GetAsync($"/api/v1/patients/{chart}/appointments")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await rosa.GetAsync($"/api/v1/patients/{chart}/medications")).Code()).ShouldBe("missing_scope");
        var seen = await maria.See("/api/v1/patients/me/proxies");
        seen.GetProperty("proxies").EnumerateArray().ShouldContain(p => p.Text("name") == "Rosa Alvarez");
        seen.GetProperty("invitations").GetArrayLength().ShouldBe(0);
        await app.RunCourierAndPost();
        app.Mailbox().ShouldContain(m => m.Contains("Somebody accepted your invitation", StringComparison.Ordinal));
    }

    [Fact]
    public async Task R24_a_used_replaced_withdrawn_or_expired_invitation_fails_with_one_message()
    {
        var (_, used) = await app.Invite();
        (await (await app.SignInAs("james")).Accept(used, birth)).StatusCode.ShouldBe(HttpStatusCode.Created);
        var (_, replaced) = await app.Invite("ana@example.org");
        var (id, withdrawn) = await app.Invite("ana@example.org");
        (await maria.PostAsync($"/api/v1/patients/me/proxy-invitations/{id}/withdraw", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var (_, expired) = await app.Invite("eva@example.org");
        app.Clock.Advance(TimeSpan.FromDays(7));

        var aisha = await app.SignInAs("aisha", fresh: true);
        var answers = new List<string>();
        foreach (var token in (string[])[used, replaced, withdrawn, expired, Secret.New()])
        {
            var answer = await aisha.Accept(token, birth);
            answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
            var json = await answer.Json();
            answers.Add($"{json.Text("code")} {json.Text("detail")}");
        }
        answers.Distinct().Count().ShouldBe(1);
        answers[0].ShouldStartWith("invitation_refused");
    }

    [Fact]
    public async Task R24_of_the_link_only_its_hash_is_kept()
    {
        var (id, token) = await app.Invite();
        var kept = await app.Inside(s => Task.FromResult(s.GetRequiredService<IdentityDb>().ProxyInvitations.Single(i => i.Id == id).TokenHash));
        kept.ShouldBe(Secret.Hash(token));
        app.Log.Lines.ShouldNotContain(l => l.Contains(token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task R34_the_third_wrong_birth_date_denies_it_and_staff_are_told()
    {
        var (_, token) = await app.Invite();
        var aisha = await app.SignInAs("aisha");
        (await (await aisha.Accept(token, birth.AddDays(1))).Code()).ShouldBe("wrong_birth_date");
        (await (await aisha.Accept(token, birth.AddDays(2))).Code()).ShouldBe("wrong_birth_date");
        (await (await aisha.Accept(token, birth.AddDays(3))).Code()).ShouldBe("invitation_denied");
        (await (await aisha.Accept(token, birth)).Code()).ShouldBe("invitation_refused");

        (await maria.See("/api/v1/patients/me/proxies")).GetProperty("invitations")[0].Text("state").ShouldBe("denied");
        var desk = await app.SignInAs("frontdesk");
        var concern = (await desk.See("/api/v1/staff/proxy-concerns")).GetProperty("items").EnumerateArray().Single();
        (concern.Text("kind"), concern.GetProperty("patientId").GetGuid()).ShouldBe(("invitation-denied", chart));
        var trail = (await maria.See("/api/v1/patients/me/access-log")).GetProperty("items").EnumerateArray().Select(r => (r.Text("who"), r.GetProperty("allowed").GetBoolean())).ToList();
        trail.Count(r => r is ("Aisha Rahman", false) || !r.Item2).ShouldBeGreaterThanOrEqualTo(3);
    }

    [Fact]
    public async Task R34_of_many_wrong_dates_at_once_three_are_looked_at_and_the_right_one_comes_too_late()
    {
        var (_, token) = await app.Invite();
        var aisha = await app.SignInAs("aisha");
        var codes = await Task.WhenAll(Enumerable.Range(1, 12).Select(async n => await (await aisha.Accept(token, birth.AddDays(n))).Code()));
        codes.Count(c => c is "wrong_birth_date" or "invitation_denied").ShouldBeLessThanOrEqualTo(3);
        codes.Count(c => c is "invitation_denied").ShouldBe(1);
        (await aisha.Accept(token, birth)).StatusCode.ShouldNotBe(HttpStatusCode.Created);
        (await (await app.SignInAs("frontdesk")).See("/api/v1/staff/proxy-concerns")).GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task accepted_twice_at_once_it_gives_one_access()
    {
        var (_, token) = await app.Invite();
        var (james, aisha) = (await app.SignInAs("james"), await app.SignInAs("aisha"));
        var codes = await Task.WhenAll(new[] { james, aisha }.Select(async c => (await c.Accept(token, birth)).StatusCode));
        codes.Count(c => c is HttpStatusCode.Created).ShouldBe(1);
        (await maria.See("/api/v1/patients/me/proxies")).GetProperty("proxies").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task nobody_becomes_their_own_proxy_and_staff_accounts_become_none()
    {
        var (_, token) = await app.Invite();
        (await (await maria.Accept(token, birth)).Code()).ShouldBe("own_record");
        (await (await (await app.SignInAs("nurse")).Accept(token, birth)).Code()).ShouldBe("wrong_audience");
        (await app.Anonymous().Accept(token, birth)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task by_page_a_signed_in_person_accepts_and_lands_in_the_record()
    {
        var (_, token) = await app.Invite();
        var browser = app.Browser();
        var opened = await (await browser.Send("/invited", await browser.Page("/invited"), "open", ("Link.Token", $"https://portal.example/invited#{token}"))).Page();
        opened.QuerySelector("a[href*=returnTo]")!.GetAttribute("href")!.ShouldBe("/sign-in?returnTo=%2Finvited%2Faccept");
        var signIn = await browser.Page("/sign-in?returnTo=%2Finvited%2Faccept");
        (await browser.Send("/sign-in", signIn, "sign-in", ("Form.Username", "aisha"), ("Form.Password", PortalApp.Password))).Headers.Location!.ToString().ShouldEndWith("/invited/accept");
        var sent = await browser.Send("/invited/accept", await browser.Page("/invited/accept"), "accept", ("Form.DateOfBirth", birth.ToString("yyyy-MM-dd")));
        sent.Headers.Location!.ToString().ShouldEndWith($"/for/{chart}/");
        // Used up, it is carried no further.
        (await browser.Page("/invited/accept")).QuerySelector("[data-mailed-link]").ShouldNotBeNull();
    }

    [Fact]
    public async Task by_page_whoever_has_no_account_makes_one_and_the_secret_stands_in_no_address()
    {
        var (_, token) = await app.Invite();
        using var browser = app.Browser();
        var page = await (await browser.Send("/invited", await browser.Page("/invited"), "open", ("Link.Token", token))).Page();
        var made = await browser.Send("/invited", page, "join", ("Form.Name", "Rosa Alvarez"), ("Form.Username", "rosa.page"), ("Form.Password", "four unrelated words together"));
        made.Headers.Location!.ToString().ShouldEndWith("/sign-in?returnTo=%2Finvited%2Faccept");
        await browser.Send("/sign-in", await browser.Page("/sign-in?returnTo=%2Finvited%2Faccept"), "sign-in", ("Form.Username", "rosa.page"), ("Form.Password", "four unrelated words together"));
        var wrong = await browser.Send("/invited/accept", await browser.Page("/invited/accept"), "accept", ("Form.DateOfBirth", birth.AddDays(1).ToString("yyyy-MM-dd")));
        var again = await wrong.Page();
        again.Body!.TextContent.ShouldContain("not the patient’s date of birth");
        (await browser.Send("/invited/accept", again, "accept", ("Form.DateOfBirth", birth.ToString("yyyy-MM-dd")))).Headers.Location!.ToString().ShouldEndWith($"/for/{chart}/");
        app.Log.Lines.ShouldNotContain(l => l.Contains(token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task what_is_no_link_is_said_beside_its_field()
    {
        var browser = app.Browser();
        var page = await (await browser.Send("/invited", await browser.Page("/invited"), "open", ("Link.Token", "hello"))).Page();
        page.QuerySelector("[aria-invalid=true]").ShouldNotBeNull();
        page.Body!.TextContent.ShouldContain("Copy the whole link");
    }
}
