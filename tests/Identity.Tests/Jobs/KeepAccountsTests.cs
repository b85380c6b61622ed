using Microsoft.EntityFrameworkCore;
using PatientPortal.Identity.Data;

namespace PatientPortal.Identity.Tests.Jobs;

public sealed class KeepAccountsTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task accounts_from_before_become_findable_and_a_second_run_does_nothing()
    {
        var (email, all) = await app.Inside(async s =>
        {
            var db = s.GetRequiredService<IdentityDb>();
            await db.InTransaction(() => db.Accounts.ExecuteUpdateAsync(set => set.SetProperty(a => a.EmailPrint, (byte[]?)null), default), default);
            return (db.Accounts.Single(a => a.UserNameKey == "maria").Email, db.Accounts.Count());
        });
        await app.Anonymous().PostAsJsonAsync("/api/v1/username/forgot", new { email });
        (await app.MailsTo(email)).ShouldBeEmpty();

        (await app.RunJob("keep-accounts"))!.ShouldContain($"{all} accounts");
        (await app.RunJob("keep-accounts"))!.ShouldContain("All accounts are findable");
        await app.Anonymous().PostAsJsonAsync("/api/v1/username/forgot", new { email });
        (await app.WasTold(email, "maria")).ShouldBeTrue();
    }
}
