using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Tests.ForEveryone;

public sealed class AskToSignUpTests : IAsyncLifetime
{
    PortalApp app = null!;
    SignUps signUps = null!;

    public async ValueTask InitializeAsync()
    {
        app = await PortalApp.New();
        signUps = new(app);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task R21_everybody_gets_the_same_bytes_and_only_whoever_fits_gets_a_link_at_the_address_in_the_chart()
    {
        var chart = await signUps.Chart();
        object[] asks =
        [
            SignUps.Ask(chart), SignUps.Ask(chart) with { Email = "somebody-else@example.org" }, SignUps.Ask(chart) with { FamilyName = "Nobody" },
            SignUps.Ask(await signUps.Owner("maria")),
        ];
        var answers = new HashSet<string>();
        foreach (var ask in asks)
        {
            var answer = await app.Anonymous().PostAsJsonAsync("/api/v1/sign-up", ask);
            answers.Add($"{(int)answer.StatusCode} {string.Join(',', answer.Headers.Select(h => h.Key))} {await answer.Content.ReadAsStringAsync()}");
        }
        answers.ShouldHaveSingleItem().ShouldStartWith("202");
        await app.CourierIsIdle();
        (await signUps.States()).ShouldBe([SignUpState.LinkSent, SignUpState.Waiting, SignUpState.Waiting, SignUpState.HasAccount], ignoreOrder: true);
        await app.RunJob("send-notices");
        var mails = app.Mailbox();
        mails.Count.ShouldBe(2);
        mails.ShouldContain(m => m.Contains("/sign-up/finish", StringComparison.Ordinal) && m.Contains($"To: {chart.Email}", StringComparison.Ordinal));
        mails.ShouldNotContain(m => m.Contains("somebody-else@example.org", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("two charts")]
    [InlineData("other address")]
    [InlineData("no address")]
    [InlineData("other number")]
    [InlineData("birth date a digit off")]
    [InlineData("minor")]
    [InlineData("deceased")]
    public async Task R22_what_is_not_clear_opens_nothing_and_waits_for_a_person(string why)
    {
        var chart = await signUps.Chart(p =>
        {
            if (why is "no address") p.Email = null;
            if (why is "minor") p.BirthDate = new(2012, 3, 4);
            if (why is "deceased") p.IsDeceased = true;
        });
        if (why is "two charts") await signUps.Chart();
        var ask = SignUps.Ask(chart) with { Email = "lena@example.org" };
        ask = why switch
        {
            "other address" => ask with { Email = "thief@example.org" },
            "other number" => ask with { ChartNumber = "ZZZZ-ZZZZ" },
            "birth date a digit off" => ask with { DateOfBirth = chart.BirthDate.AddYears(1) },
            _ => ask,
        };
        await signUps.Send(ask);
        (await signUps.States()).ShouldBe([SignUpState.Waiting]);
        await app.RunJob("send-notices");
        app.Mailbox().ShouldBeEmpty();
    }

    [Fact]
    public async Task asking_again_and_again_is_one_matter_and_a_mailbox_no_target()
    {
        var chart = await signUps.Chart();
        for (var i = 0; i < 8; i++) await signUps.Send(SignUps.Ask(chart));
        var states = await signUps.States();
        states.Count(s => s is SignUpState.LinkSent).ShouldBe(1);
        await app.RunJob("send-notices");
        app.Mailbox().Count.ShouldBeLessThanOrEqualTo(5);

        for (var i = 0; i < 3; i++) await signUps.Send(SignUps.Ask(chart) with { FamilyName = "Quisling", Email = "q@example.org" });
        (await signUps.States()).Count(s => s is SignUpState.Waiting).ShouldBe(1);
    }

    [Theory]
    [InlineData("""{"givenName":"","familyName":"","email":"x"}""", "givenName", "familyName", "dateOfBirth", "email")]
    [InlineData("""{"givenName":"A","familyName":"B","dateOfBirth":"2999-01-01","email":"a@example.org"}""", "dateOfBirth")]
    [InlineData("""{"givenName":"A","familyName":"B","dateOfBirth":"1990-01-01","email":"a@example.org","sex":"F"}""", "sex")]
    public async Task what_is_wrong_stands_beside_its_field(string body, params string[] fields)
    {
        var answer = await app.Anonymous().PostAsync("/api/v1/sign-up", new StringContent(body, new MediaTypeHeaderValue("application/json")));
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Json()).GetProperty("errors").EnumerateObject().Select(e => e.Name).ShouldBe(fields, ignoreOrder: true);
    }

    [Fact]
    public async Task a_person_signs_up_through_the_pages()
    {
        var chart = await signUps.Chart();
        using var browser = app.Browser();
        var page = await browser.Page("/sign-up");
        var thanks = await (await browser.Send("/sign-up", page, "sign-up", ("Form.GivenName", chart.GivenName), ("Form.FamilyName", chart.FamilyName),
            ("Form.DateOfBirth", "1984-06-05"), ("Form.Email", chart.Email!))).Page();
        thanks.Body!.TextContent.ShouldContain("Thank you");
        await app.CourierIsIdle();

        var finish = await browser.Page("/sign-up/finish");
        var done = await browser.Send("/sign-up/finish", finish, "finish-sign-up", ("Form.Token", await signUps.Token()), ("Form.DateOfBirth", "1984-06-05"), ("Form.Username", "lena.new"), ("Form.Password", SignUps.Phrase));
        done.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await app.Anonymous().SignIn("lena.new", SignUps.Phrase)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}

sealed record SignUpAsk(string GivenName, string FamilyName, DateOnly DateOfBirth, string Email, string? Phone = null, string? ChartNumber = null);

/// <summary>People with and without accounts who ask for one.</summary>
sealed class SignUps(PortalApp app)
{
    public const string Phrase = "velvet otter under ninth lamp";

    static int charts;

    public static SignUpAsk Ask(Patient chart) => new(chart.GivenName, chart.FamilyName, chart.BirthDate, chart.Email ?? "", chart.Phone);

    /// <summary>A chart without an account.</summary>
    public Task<Patient> Chart(Action<Patient>? change = null) => app.Inside(async s =>
    {
        var db = s.GetRequiredService<IdentityDb>();
        var now = app.Clock.GetUtcNow();
        var patient = new Patient
        {
            Id = Guid.CreateVersion7(), ChartNumber = $"T{Interlocked.Increment(ref charts):00000000}", GivenName = "Lena", FamilyName = "Brückner", Name = "Lena Brückner", BirthDate = new(1984, 6, 5), Sex = "female",
            Email = "lena@example.org", Phone = "+1 555 010 7788", TimeZone = "America/New_York", Language = "en", RegisteredAt = now, ChangedAt = now,
        }.WithNameKey();
        change?.Invoke(patient);
        db.Add(patient);
        await db.Save(default);
        return patient;
    });

    public Task<Patient> Owner(string username) => app.Inside(s =>
    {
        var db = s.GetRequiredService<IdentityDb>();
        return Task.FromResult(db.Patients.Single(p => db.Accounts.Any(a => a.UserNameKey == username && a.PatientId == p.Id)));
    });

    public async Task Send(SignUpAsk ask)
    {
        (await app.Anonymous().PostAsJsonAsync("/api/v1/sign-up", ask)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        await app.CourierIsIdle();
    }

    public Task<List<SignUpState>> States() => app.Inside(s => Task.FromResult(s.GetRequiredService<IdentityDb>().SignUps.OrderBy(x => x.AskedAt).ThenBy(x => x.Id).Select(x => x.State).ToList()));

    /// <summary>The database only has the hash of what the mail carries: another takes its place.</summary>
    public Task<string> Token() => app.Inside(async s =>
    {
        var db = s.GetRequiredService<IdentityDb>();
        var token = Secret.New();
        db.SignUps.Single(x => x.State == SignUpState.LinkSent).TokenHash = Secret.Hash(token);
        await db.Save(default);
        return token;
    });
}
