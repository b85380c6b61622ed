using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;
using PatientPortal.Kernel.Data;

namespace PatientPortal.Identity.Tests.Data;

public sealed class ChartSearchTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task a_person_is_found_by_what_they_say_and_others_of_that_name_or_birthday_are_not()
    {
        await using var scope = app.Services.CreateAsyncScope();
        var (db, search) = (scope.ServiceProvider.GetRequiredService<IdentityDb>(), scope.ServiceProvider.GetRequiredService<ChartSearch>());
        var maria = await db.Patients.AsNoTracking().SingleAsync(p => db.Accounts.Any(a => a.PatientId == p.Id && a.UserNameKey == "maria"));
        var said = new PersonFacts(maria.GivenName.ToUpperInvariant(), maria.FamilyName, maria.BirthDate, maria.Sex, maria.Phone, maria.Email);

        var found = await search.Candidates(said, 5, TestContext.Current.CancellationToken);
        found[0].PatientId.ShouldBe(maria.Id);
        found[0].Score.ShouldBeGreaterThanOrEqualTo(ChartMatch.Sure);
        found[0].Reasons.ShouldContain("Same telephone number");

        (await search.Candidates(said, 5, TestContext.Current.CancellationToken, except: maria.Id)).ShouldNotContain(c => c.PatientId == maria.Id);
        (await search.Candidates(said with { BirthDate = maria.BirthDate.AddDays(47) }, 5, TestContext.Current.CancellationToken)).ShouldNotContain(c => c.PatientId == maria.Id);
        (await search.Candidates(said with { Given = "Wolfgang", Family = "Unbekannt" }, 5, TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Fact]
    public async Task a_chart_of_another_name_is_found_by_a_number()
    {
        await using var scope = app.Services.CreateAsyncScope();
        var (db, search) = (scope.ServiceProvider.GetRequiredService<IdentityDb>(), scope.ServiceProvider.GetRequiredService<ChartSearch>());
        var maria = await db.Patients.AsNoTracking().SingleAsync(p => db.Accounts.Any(a => a.PatientId == p.Id && a.UserNameKey == "maria"));
        var said = new PersonFacts(maria.GivenName, "Unbekannt", maria.BirthDate.AddDays(47), maria.Sex, maria.Phone, maria.Email);
        (await search.Candidates(said, 5, TestContext.Current.CancellationToken)).ShouldNotContain(c => c.PatientId == maria.Id);

        byte[] print = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];
        db.Add(new PatientIdentifier { Id = Ids.New(app.Clock), PatientId = maria.Id, System = "urn:test", Fingerprint = print, Value = "7" });
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        var found = await search.Candidates(said with { Prints = [[9, 9], [.. print]] }, 5, TestContext.Current.CancellationToken);
        found.Select(c => (c.PatientId, c.Score >= ChartMatch.Sure)).ShouldBe([(maria.Id, false)]);
    }
}
