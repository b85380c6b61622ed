using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Tests.ForEveryone;

public sealed class StopEmailChangeTests : IAsyncLifetime
{
    const string Thief = "thief@example.org", Phrase = "velvet otter under ninth lamp";

    PortalApp app = null!;
    string old = "";

    public async ValueTask InitializeAsync()
    {
        app = await PortalApp.New();
        old = await app.EmailOf("maria");
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    Task<HttpResponseMessage> Stop(string token) => app.Anonymous().PostAsJsonAsync("/api/v1/email/stop", new { token });

    Task<HttpResponseMessage> Confirm(string token) => app.Anonymous().PostAsJsonAsync("/api/v1/email/confirm", new { token });

    async Task<HttpClient> Asked(string email = Thief)
    {
        var thief = await app.SignedIn("maria");
        (await thief.PostAsJsonAsync("/api/v1/me/email", new { email })).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        return thief;
    }

    [Fact]
    public async Task before_it_is_done_it_never_will_be()
    {
        var thief = await Asked();
        var link = await app.LinkTo(Thief, "/confirm-email");
        (await Stop(await app.LinkTo(old, "/not-me/email"))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Confirm(link)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await thief.IsOpen()).ShouldBeFalse();
        (await app.EmailOf("maria")).ShouldBe(old);
    }

    [Fact]
    public async Task afterwards_the_old_address_counts_again_and_the_password_has_to_be_new()
    {
        var thief = await Asked();
        await Confirm(await app.LinkTo(Thief, "/confirm-email"));
        app.Wait(TimeSpan.FromDays(6));
        var thiefs = await app.SignedIn("maria");
        var undo = await app.LinkTo(old, "/not-me/email");
        (await Stop(undo)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await app.EmailOf("maria")).ShouldBe(old);
        (await thief.IsOpen()).ShouldBeFalse();
        (await thiefs.IsOpen()).ShouldBeFalse();
        (await app.Anonymous().SignIn("maria", PortalApp.Password)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.WasTold(Thief, "was stopped or undone")).ShouldBeTrue();
        (await app.WasTold(old, "was stopped or undone")).ShouldBeTrue();

        var reset = await app.LinkTo(old, "/reset");
        (await app.Anonymous().PostAsJsonAsync("/api/v1/password/reset", new { token = reset, newPassword = Phrase })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await app.Anonymous().SignIn("maria", Phrase)).StatusCode.ShouldBe(HttpStatusCode.OK);
        // Once.
        (await (await Stop(undo)).Code()).ShouldBe("link_refused");
    }

    [Fact]
    public async Task whatever_the_thief_changed_after_it_is_undone_too_and_their_own_link_is_dead()
    {
        await Asked();
        var stop = await app.LinkTo(old, "/not-me/email");
        await Confirm(await app.LinkTo(Thief, "/confirm-email"));
        await Asked("thief2@example.org");
        await Confirm(await app.LinkTo("thief2@example.org", "/confirm-email"));
        var thiefsUndo = await app.LinkTo(Thief, "/not-me/email");

        (await Stop(stop)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await app.EmailOf("maria")).ShouldBe(old);
        (await (await Stop(thiefsUndo)).Code()).ShouldBe("link_refused");
        (await app.EmailOf("maria")).ShouldBe(old);
    }

    [Fact]
    public async Task after_seven_days_it_is_too_late()
    {
        await Asked();
        await Confirm(await app.LinkTo(Thief, "/confirm-email"));
        var undo = await app.LinkTo(old, "/not-me/email");
        app.Wait(EmailChange.CanBeStopped);
        (await (await Stop(undo)).Code()).ShouldBe("link_refused");
        (await app.EmailOf("maria")).ShouldBe(Thief);
    }

    [Fact]
    public async Task R27_the_second_factor_stays_through_all_of_it()
    {
        var (secret, _) = await app.SetUpSecondFactor(await app.SignedIn("maria"));
        var thief = await app.SignedIn("maria", app.CodeOf(secret));
        await thief.PostAsJsonAsync("/api/v1/me/email", new { email = Thief });
        await Stop(await app.LinkTo(old, "/not-me/email"));
        await app.Anonymous().PostAsJsonAsync("/api/v1/password/reset", new { token = await app.LinkTo(old, "/reset"), newPassword = Phrase });
        (await (await app.Anonymous().SignIn("maria", Phrase)).Code()).ShouldBe("second_factor_required");
    }

    [Fact]
    public async Task of_a_stop_and_a_confirmation_at_once_the_account_is_never_the_thiefs()
    {
        await Asked();
        var (stop, link) = (await app.LinkTo(old, "/not-me/email"), await app.LinkTo(Thief, "/confirm-email"));
        var answers = await Task.WhenAll(Stop(stop), Confirm(link));
        if (answers[0].StatusCode is not HttpStatusCode.NoContent) (await Stop(stop)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await app.EmailOf("maria")).ShouldBe(old);
    }

    [Fact]
    public async Task the_page_says_what_happens_then()
    {
        await Asked();
        using var browser = app.Browser();
        var done = await (await browser.Send("/not-me/email", await browser.Page("/not-me/email"), "stop", ("Form.Token", await app.LinkTo(old, "/not-me/email")))).Page();
        done.Body!.TextContent.ShouldContain("Every device is signed out.");
    }
}
