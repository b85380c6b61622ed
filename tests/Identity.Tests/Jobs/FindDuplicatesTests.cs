using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Tests.Jobs;

public sealed class FindDuplicatesTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    Task<Guid> Again(string given, DateOnly? born = null) => app.Inside(async s =>
    {
        var db = s.GetRequiredService<IdentityDb>();
        var maria = db.Patients.Single(p => db.Accounts.Any(a => a.PatientId == p.Id && a.UserNameKey == "maria"));
        var chart = new Patient
        {
            Id = Guid.CreateVersion7(), ChartNumber = $"TEST-{given[..3].ToUpperInvariant()}", GivenName = given, FamilyName = maria.FamilyName, Name = $"{given} {maria.FamilyName}", BirthDate = born ?? maria.BirthDate,
            Sex = maria.Sex, Phone = maria.Phone, TimeZone = maria.TimeZone, Language = "en", RegisteredAt = app.Clock.GetUtcNow(), ChangedAt = app.Clock.GetUtcNow(),
        }.WithNameKey();
        db.Add(chart);
        await db.Save(default);
        return chart.Id;
    });

    [Fact]
    public async Task a_second_chart_of_a_person_is_found_and_a_twins_is_not()
    {
        await app.RunJob("find-duplicates");
        (await app.RunJob("find-duplicates")).ShouldBe("No chart changed.");
        var before = await app.Query("SELECT id FROM identity_duplicate_pairs");
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var given = await app.Inside(s => Task.FromResult(s.GetRequiredService<IdentityDb>().Patients.Single(p => s.GetRequiredService<IdentityDb>().Accounts.Any(a => a.PatientId == p.Id && a.UserNameKey == "maria")).GivenName));
        var (second, twin) = (await Again(given), await Again("Zenobia"));

        (await app.RunJob("find-duplicates")).ShouldBe("Compared 2 charts, found 1 new pairs.");
        (await app.RunJob("find-duplicates")).ShouldBe("No chart changed.");
        var pair = (await (await app.SignInAs("records")).See("/api/v1/staff/duplicates")).GetProperty("items").EnumerateArray().Single(p => p.GetProperty("one").GetProperty("id").GetGuid() == second || p.GetProperty("other").GetProperty("id").GetGuid() == second);
        pair.GetProperty("sure").GetBoolean().ShouldBeTrue();
        (await app.Query("SELECT id FROM identity_duplicate_pairs")).Count.ShouldBe(before.Count + 1);
        _ = twin;
    }

    [Fact]
    public async Task a_pair_that_was_told_apart_stays_so_when_a_chart_changes()
    {
        await app.RunJob("find-duplicates");
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        var given = await app.Inside(s => Task.FromResult(s.GetRequiredService<IdentityDb>().Patients.Single(p => s.GetRequiredService<IdentityDb>().Accounts.Any(a => a.PatientId == p.Id && a.UserNameKey == "maria")).GivenName));
        var second = await Again(given);
        await app.RunJob("find-duplicates");
        var clerk = await app.SignInAs("records");
        var pair = (await clerk.See("/api/v1/staff/duplicates")).GetProperty("items").EnumerateArray().First(p => p.GetProperty("one").GetProperty("id").GetGuid() == second || p.GetProperty("other").GetProperty("id").GetGuid() == second).Text("id");
        (await clerk.PostAsJsonAsync($"/api/v1/staff/duplicates/{pair}/dismiss", new { note = "Cousins" })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.Inside(async s => { var db = s.GetRequiredService<IdentityDb>(); db.Patients.Single(p => p.Id == second).ChangedAt = app.Clock.GetUtcNow(); await db.Save(default); return 0; });
        (await app.RunJob("find-duplicates")).ShouldBe("Compared 1 charts, found 0 new pairs.");
        (await clerk.See("/api/v1/staff/duplicates?state=dismissed")).GetProperty("items").EnumerateArray().Select(p => p.Text("id")).ShouldContain(pair);
    }
}
