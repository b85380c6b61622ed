using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Tests.ForEveryone;

public sealed class FinishSignUpTests : IAsyncLifetime
{
    PortalApp app = null!;
    SignUps signUps = null!;
    Patient chart = null!;
    string token = "";

    public async ValueTask InitializeAsync()
    {
        app = await PortalApp.New();
        signUps = new(app);
        chart = await signUps.Chart();
        await signUps.Send(SignUps.Ask(chart));
        token = await signUps.Token();
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    Task<HttpResponseMessage> Finish(string? with = null, string born = "1984-06-05", string username = "lena.b", string password = SignUps.Phrase) =>
        app.Anonymous().PostAsJsonAsync("/api/v1/sign-up/finish", new { token = with ?? token, dateOfBirth = born, username, password });

    [Fact]
    public async Task the_link_and_the_birth_date_make_an_account_that_opens_this_one_chart()
    {
        (await Finish()).StatusCode.ShouldBe(HttpStatusCode.Created);
        using var lena = await app.SignedIn("lena.b", password: SignUps.Phrase);
        (await PortalApp.OwnChart(lena)).ShouldBe(chart.Id);
        (await signUps.States()).ShouldBe([SignUpState.Opened]);
    }

    [Fact]
    public async Task R24_used_replaced_expired_and_made_up_links_fail_in_the_same_words()
    {
        var words = new HashSet<string?>();
        async Task Refused(string link)
        {
            var answer = await Finish(link, username: "another.name");
            answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
            words.Add((await answer.Json()).Text("title") + (await answer.Json()).Text("detail"));
        }
        await Refused(Secret.New());
        await signUps.Send(SignUps.Ask(chart));
        await Refused(token);
        var second = await signUps.Token();
        app.Clock.Advance(TimeSpan.FromHours(25));
        await Refused(second);
        await signUps.Send(SignUps.Ask(chart));
        var third = await signUps.Token();
        (await Finish(third)).StatusCode.ShouldBe(HttpStatusCode.Created);
        await Refused(third);
        words.Count.ShouldBe(1);
    }

    [Fact]
    public async Task of_many_guesses_of_the_birth_date_at_once_five_are_looked_at()
    {
        var guesses = await Task.WhenAll(Enumerable.Range(1, 20).Select(day => Finish(born: $"1984-07-{day:00}", username: $"guess{day}")));
        guesses.ShouldAllBe(g => g.StatusCode == HttpStatusCode.UnprocessableEntity);
        (await Finish()).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await app.Inside(s => Task.FromResult(s.GetRequiredService<IdentityDb>().SignUps.Single().Tries))).ShouldBe(IdentityLimits.SignUpTries);
    }

    [Fact]
    public async Task ten_at_once_with_one_link_make_one_account()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(i => Finish(username: $"lena{i}")));
        answers.Count(a => a.StatusCode is HttpStatusCode.Created).ShouldBe(1);
        answers.ShouldAllBe(a => a.StatusCode == HttpStatusCode.Created || a.StatusCode == HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task a_name_that_is_taken_leaves_the_link_good_however_often()
    {
        for (var i = 0; i < 7; i++) (await (await Finish(username: "maria")).FieldErrors("username")).ShouldNotBeEmpty();
        (await Finish()).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task an_address_that_the_clinic_changed_meanwhile_ends_it()
    {
        await app.Inside(async s =>
        {
            var db = s.GetRequiredService<IdentityDb>();
            db.Patients.Single(p => p.Id == chart.Id).Email = "lena.new@example.org";
            await db.Save(default);
            return 0;
        });
        (await Finish()).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task R37_a_link_opens_nothing_once_its_chart_was_joined_to_another()
    {
        var maria = await PortalApp.OwnChart(await app.SignInAs("maria"));
        await app.Inside(async s =>
        {
            var db = s.GetRequiredService<IdentityDb>();
            db.Patients.Single(p => p.Id == chart.Id).MergedIntoId = maria;
            await db.Save(default);
            return 0;
        });
        (await Finish()).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }
}
