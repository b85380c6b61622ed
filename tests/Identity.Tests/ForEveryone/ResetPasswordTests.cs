using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Tests.ForEveryone;

public sealed class ResetPasswordTests : IAsyncLifetime
{
    const string Phrase = "velvet otter under ninth lamp";

    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    /// <summary>A link as the e-mail carries it; the database only has its hash.</summary>
    Task<string> Link(string username) => app.Inside(async s =>
    {
        var db = s.GetRequiredService<IdentityDb>();
        var token = Secret.New();
        var now = app.Clock.GetUtcNow();
        db.Add(new PasswordReset
        {
            Id = Guid.CreateVersion7(), AccountId = db.Accounts.Single(a => a.UserNameKey == username).Id, TokenHash = Secret.Hash(token),
            AskedAt = now, ExpiresAt = now + IdentityLimits.PasswordReset,
        });
        await db.Save(default);
        return token;
    });

    Task<HttpResponseMessage> Reset(string? token, string? newPassword = Phrase) =>
        app.Anonymous().PostAsJsonAsync("/api/v1/password/reset", new { token, newPassword });

    [Fact]
    public async Task R24_the_link_sets_the_password_ends_all_sessions_and_works_once()
    {
        using var before = await app.SignInAs("maria");
        var link = await Link("maria");

        (await Reset(link)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await before.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.Anonymous().SignIn("maria", PortalApp.Password)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await app.Anonymous().SignIn("maria", Phrase)).StatusCode.ShouldBe(HttpStatusCode.OK);

        var again = await Reset(link, "another long phrase of words");
        again.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await again.Code()).ShouldBe("reset_refused");
    }

    [Fact]
    public async Task R27_a_reset_does_not_skip_the_second_factor()
    {
        (await Reset(await Link("nurse"))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await (await app.Anonymous().SignIn("nurse", Phrase)).Code()).ShouldBe("second_factor_required");
    }

    [Fact]
    public async Task R24_after_thirty_minutes_the_link_is_dead()
    {
        var link = await Link("maria");
        app.Clock.Advance(TimeSpan.FromMinutes(30));
        (await Reset(link)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task a_poor_password_leaves_the_link_good()
    {
        var link = await Link("maria");
        var poor = await Reset(link, "maria maria maria maria");
        poor.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await poor.Json()).GetProperty("errors").TryGetProperty("newPassword", out _).ShouldBeTrue();
        (await Reset(link)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task a_reset_ends_the_wait_of_a_name_that_somebody_tried()
    {
        for (var i = 0; i < 5; i++) await app.Anonymous().SignIn("maria", "wrong");
        await Reset(await Link("maria"));
        (await app.Anonymous().SignIn("maria", Phrase)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task a_made_up_link_is_refused() => (await Reset("made-up")).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);

    [Fact]
    public async Task the_page_takes_the_link_as_it_is_copied_and_never_puts_it_into_an_address()
    {
        var link = await Link("maria");
        using var browser = app.Browser();
        var page = await browser.Page("/reset");
        page.QuerySelector("[data-mailed-link]").ShouldNotBeNull();

        var weak = await (await browser.Send("/reset", page, "reset", ("Form.Token", $" https://portal.example/reset#{link} "), ("Form.NewPassword", "short"))).Page();
        weak.QuerySelector("input[type=hidden][name='Form.Token']")!.GetAttribute("value").ShouldBe(link);
        weak.QuerySelectorAll("form, a").ShouldAllBe(e => !$"{e.GetAttribute("action")}{e.GetAttribute("href")}".Contains(link, StringComparison.Ordinal));
        var done = await browser.Send("/reset", weak, "reset", ("Form.NewPassword", Phrase));
        done.StatusCode.ShouldBe(HttpStatusCode.Found);
        done.Headers.Location!.ToString().ShouldEndWith("sign-in");
        (await app.Anonymous().SignIn("maria", Phrase)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task without_a_link_the_field_says_what_belongs_there()
    {
        using var browser = app.Browser();
        var page = await (await browser.Send("/reset", await browser.Page("/reset"), "reset", ("Form.NewPassword", Phrase))).Page();
        page.QuerySelector(".field.bad")!.TextContent.ShouldContain("Copy the whole link from the e-mail");
    }
}
