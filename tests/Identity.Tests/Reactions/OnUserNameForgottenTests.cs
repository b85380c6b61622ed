using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Tests.Reactions;

public sealed class OnUserNameForgottenTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    async Task<int> Asked(string email)
    {
        (await app.Anonymous().PostAsJsonAsync("/api/v1/username/forgot", new { email })).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        return (await app.MailsTo(email)).Count;
    }

    [Fact]
    public async Task one_mail_lists_all_accounts_of_a_shared_address_and_no_disabled_one()
    {
        await app.Inside(async s =>
        {
            var db = s.GetRequiredService<IdentityDb>();
            foreach (var account in db.Accounts.Where(a => a.UserNameKey == "maria" || a.UserNameKey == "james" || a.UserNameKey == "aisha").ToList()) account.Email = "Family@example.org";
            db.Accounts.Single(a => a.UserNameKey == "aisha").DisabledAt = app.Clock.GetUtcNow();
            await db.Save(default);
            return 0;
        });
        (await Asked("family@example.org")).ShouldBe(1);
        var mail = (await app.MailsTo("family@example.org")).Single();
        mail.ShouldContain("maria");
        mail.ShouldContain("james");
        mail.ShouldNotContain("aisha");
    }

    [Fact]
    public async Task a_mailbox_gets_one_mail_in_ten_minutes_and_three_a_day()
    {
        var email = await app.EmailOf("maria");
        (await Asked(email)).ShouldBe(1);
        (await Asked(email)).ShouldBe(1);
        foreach (var sent in new[] { 2, 3, 3 })
        {
            app.Wait(UserNameMail.Every);
            (await Asked(email)).ShouldBe(sent);
        }
        app.Wait(TimeSpan.FromDays(1));
        (await Asked(email)).ShouldBe(4);
    }
}
