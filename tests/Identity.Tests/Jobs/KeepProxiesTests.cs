using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Tests.Jobs;

public sealed class KeepProxiesTests : IAsyncLifetime
{
    PortalApp app = null!;
    Guid daughter;
    string zone = "";

    public async ValueTask InitializeAsync()
    {
        app = await PortalApp.New();
        daughter = await app.Daughter();
        zone = await app.Inside(s => Task.FromResult(s.GetRequiredService<IdentityDb>().Patients.Single(p => p.Id == daughter).TimeZone));
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    DateOnly Today => PatientPortal.Kernel.Time.Zones.Date(app.Clock.GetUtcNow(), zone);

    async Task<HttpStatusCode> SeenByJames(string what = "") => (await (await app.SignInAs("james", fresh: true)).GetAsync($"/api/v1/patients/{daughter}{what}")).StatusCode;

    /// <summary>A second before midnight, and midnight, where the daughter lives.</summary>
    void To(DateOnly day, int seconds) => app.Clock.Set(PatientPortal.Kernel.Time.Zones.StartOfDay(day, zone).AddSeconds(seconds));

    [Fact]
    public async Task R31_a_parent_is_out_at_local_midnight_of_the_18th_birthday_before_any_job_ran()
    {
        var birthday = Today.AddDays(1);
        await app.Born(daughter, birthday.AddYears(-18));
        To(birthday, -60);
        (await SeenByJames("/appointments")).ShouldBe(HttpStatusCode.OK);
        To(birthday, 0);
        (await SeenByJames()).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task R31_born_on_29_February_one_is_of_age_on_1_March()
    {
        await app.Born(daughter, new(2012, 2, 29));
        To(new(2030, 3, 1), -60);
        (await SeenByJames("/appointments")).ShouldBe(HttpStatusCode.OK);
        To(new(2030, 3, 1), 0);
        (await SeenByJames()).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task R31_the_job_makes_it_lasting_once_and_the_new_adult_waits_for_a_letter()
    {
        await app.Born(daughter, Today.AddYears(-18));
        await Task.WhenAll(app.RunJob("keep-proxies"), app.Inside(async s => { await ActivatorUtilities.CreateInstance<PatientPortal.Identity.Jobs.KeepProxies.KeepProxies>(s).Run(default); return 0; }));
        await app.RunJob("keep-proxies");
        await app.CourierIsIdle();

        await app.Inside(s =>
        {
            var grant = s.GetRequiredService<IdentityDb>().Grants.Single(g => g.PatientId == daughter);
            grant.RevokedBecause.ShouldBe("of_age");
            return Task.FromResult(0);
        });
        (await Announced("CameOfAge")).ShouldBe(1);
        (await Announced("ProxyRevoked")).ShouldBe(1);
        var waiting = (await (await app.SignInAs("frontdesk", fresh: true)).See("/api/v1/staff/proxy-concerns")).GetProperty("items").EnumerateArray().Single();
        waiting.Text("kind").ShouldBe("came-of-age");
        // A birth date that was wrong gives nothing back by itself.
        await app.Born(daughter, Today.AddYears(-10));
        (await SeenByJames()).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task R31_a_new_adult_whose_account_was_closed_waits_for_a_letter_as_well()
    {
        await app.Inside(async s =>
        {
            var (db, now) = (s.GetRequiredService<IdentityDb>(), app.Clock.GetUtcNow());
            db.Add(new Account
            {
                Id = Guid.CreateVersion7(), Kind = AccountKind.Patient, UserName = "was.closed", UserNameKey = "was.closed", Name = "Closed", Email = "closed@example.org", PasswordHash = "x", PatientId = daughter,
                CreatedAt = now.AddDays(-9), DisabledAt = now.AddDays(-1), ClosedAt = now.AddDays(-1),
            });
            await db.Save(default);
            return 0;
        });
        await app.Born(daughter, Today.AddYears(-18));
        await app.RunJob("keep-proxies");
        (await (await app.SignInAs("frontdesk", fresh: true)).See("/api/v1/staff/proxy-concerns")).GetProperty("items").EnumerateArray().Single().Text("kind").ShouldBe("came-of-age");
    }

    [Fact]
    public async Task R31_what_a_parent_booked_stands()
    {
        await app.Database.Execute("UPDATE scheduling_appointments SET patient_id = @daughter WHERE id = (SELECT id FROM scheduling_appointments WHERE status = 'Booked' LIMIT 1)", default, ("daughter", daughter));
        var before = await Count($"scheduling_appointments WHERE patient_id = '{Id}' AND status = 'Booked'");
        before.ShouldBeGreaterThan(0);
        await app.Born(daughter, Today.AddYears(-18));
        await app.RunJob("keep-proxies");
        (await Count($"scheduling_appointments WHERE patient_id = '{Id}' AND status = 'Booked'")).ShouldBe(before);
    }

    [Fact]
    public async Task R31_what_a_parent_wrote_stays_to_be_read_and_ends_there()
    {
        var james = await app.SignInAs("james");
        var team = (await james.See($"/api/v1/patients/{daughter}/teams")).GetProperty("items")[0];
        var draft = new { team = team.GetProperty("id").GetGuid(), topic = team.GetProperty("topics")[0].ToString(), subject = "School", body = "Is the form ready?" };
        (await james.PostAsJsonAsync($"/api/v1/patients/{daughter}/threads", draft)).StatusCode.ShouldBe(HttpStatusCode.Created);
        var open = await Count($"messaging_threads WHERE patient_id = '{Id}' AND state = 'WaitingForUs'");
        open.ShouldBeGreaterThan(0);
        await app.Born(daughter, Today.AddYears(-18));
        await app.RunJob("keep-proxies");
        (await Count($"messaging_threads WHERE patient_id = '{Id}' AND state = 'WaitingForUs'")).ShouldBeLessThan(open);
        (await Count($"messaging_messages WHERE patient_id = '{Id}'")).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task R32_at_the_protected_age_a_parents_scope_narrows_at_midnight_and_notices_follow()
    {
        var birthday = Today.AddDays(1);
        await app.Born(daughter, birthday.AddYears(-13));
        To(birthday, -60);
        (await SeenByJames("/results")).ShouldBe(HttpStatusCode.OK);
        To(birthday, 0);
        foreach (var (what, status) in new[] { ("/results", HttpStatusCode.Forbidden), ("/threads", HttpStatusCode.Forbidden), ("/medications", HttpStatusCode.Forbidden), ("/appointments", HttpStatusCode.OK) })
            (await SeenByJames(what)).ShouldBe(status, what);
        (await app.RunJob("keep-proxies"))!.ShouldContain("changed 1");
        (await app.RunJob("keep-proxies")).ShouldBe("Nothing changed.");
    }

    [Theory, InlineData(18), InlineData(13)]
    public async Task parents_are_told_90_and_30_days_before_each_once(int age)
    {
        var birthday = Today.AddDays(100);
        await app.Born(daughter, birthday.AddYears(-age));
        if (age is 18) await app.RunJob("keep-proxies");
        await app.RunCourierAndPost();
        var mails = app.Mailbox().Count(IsNotice);

        async Task<int> ToldOn(int days)
        {
            To(birthday.AddDays(-days), 3600);
            await Task.WhenAll(app.RunJob("keep-proxies"), app.RunJob("keep-proxies"));
            await app.RunJob("keep-proxies");
            await app.RunCourierAndPost();
            return app.Mailbox().Count(IsNotice) - mails;
        }
        (await ToldOn(91)).ShouldBe(0);
        (await ToldOn(90)).ShouldBe(1);
        (await ToldOn(31)).ShouldBe(1);
        (await ToldOn(30)).ShouldBe(2);
        (await ToldOn(1)).ShouldBe(2);

        static bool IsNotice(string mail) => mail.Contains("What you can see will change", StringComparison.Ordinal);
    }

    [Fact]
    public async Task a_guardian_named_by_a_court_stays_one_and_an_end_date_ends_for_good()
    {
        await app.Grant(daughter, "aisha", LegalBasis.Guardianship, relation: "guardian");
        await app.Born(daughter, Today.AddYears(-19));
        await app.RunJob("keep-proxies");
        (await (await app.SignInAs("aisha")).GetAsync($"/api/v1/patients/{daughter}/results")).StatusCode.ShouldBe(HttpStatusCode.OK);

        await app.Inside(async s =>
        {
            var db = s.GetRequiredService<IdentityDb>();
            db.Grants.Single(g => g.Basis == LegalBasis.Guardianship).EndsAt = app.Clock.GetUtcNow().AddMinutes(1);
            await db.Save(default);
            return 0;
        });
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        (await app.RunJob("keep-proxies"))!.ShouldContain("Ended 1");
    }

    /// <summary>As the engine writes it: SQLite keeps ids as upper-case text.</summary>
    string Id => PortalApp.Engine is PatientPortal.Kernel.Data.Engine.Sqlite ? daughter.ToString().ToUpperInvariant() : daughter.ToString();

    Task<long> Announced(string news) => Count($"kernel_outbox WHERE type LIKE '%.{news}'");

    async Task<long> Count(string rows)
    {
        await using var connection = await app.Database.Open(default);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM " + rows;
        return Convert.ToInt64(await command.ExecuteScalarAsync(), null);
    }
}
