namespace PatientPortal.Identity.Tests.ForEveryone;

public sealed class ActivateAccountTests : IAsyncLifetime
{
    const string Phrase = "velvet otter under ninth lamp";

    PortalApp app = null!;
    HttpClient desk = null!;
    JsonElement patient;

    public async ValueTask InitializeAsync()
    {
        app = await PortalApp.New();
        desk = await app.SignInAs("frontdesk");
        var found = await desk.See("/api/v1/staff/patients?limit=100");
        patient = found.GetProperty("items").EnumerateArray().First(p => !p.GetProperty("hasAccount").GetBoolean() && !p.GetProperty("deceased").GetBoolean());
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    async Task<string> Code() =>
        (await (await desk.PostAsync($"/api/v1/staff/patients/{patient.Text("id")}/activation-codes", null)).Json()).Text("activationCode")!;

    Task<HttpResponseMessage> Activate(string? code, string? born = null, string username = "new.person", string password = Phrase, string email = "new@example.org") =>
        app.Anonymous().PostAsJsonAsync("/api/v1/activation", new { activationCode = code, dateOfBirth = born ?? patient.Text("birthDate"), username, email, password });

    [Fact]
    public async Task a_code_and_a_birth_date_make_an_account_that_opens_this_one_chart()
    {
        var answer = await Activate(await Code());
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);

        using var person = await app.SignInAs("New.Person", Phrase);
        var mine = (await person.See("/api/v1/me")).GetProperty("patients").EnumerateArray().ShouldHaveSingleItem();
        mine.Text("id").ShouldBe(patient.Text("id"));
        mine.Text("relation").ShouldBe("self");
    }

    [Fact]
    public async Task R33_a_teens_account_with_a_guardians_address_waits_for_staff_in_words_that_do_not_leak()
    {
        var teen = Guid.Parse(patient.Text("id")!);
        await app.Born(teen, DateOnly.FromDateTime(app.Clock.GetUtcNow().Date).AddYears(-15));
        await app.Grant(teen, "james", PatientPortal.Identity.Domain.LegalBasis.ParentalResponsibility);
        var address = (await (await app.SignInAs("james")).See("/api/v1/me/account")).Text("email")!;
        var born = (await app.BirthDateOf(teen)).ToString("yyyy-MM-dd");
        var code = await Code();

        var refused = await Activate(code, born, email: address.ToUpperInvariant());
        (await refused.Code()).ShouldBe("needs_clinic");
        (await refused.Content.ReadAsStringAsync()).ShouldNotContain("James");
        await Activate(code, born, email: address);
        var concern = (await desk.See("/api/v1/staff/proxy-concerns")).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        concern.Text("kind").ShouldBe("shared-contact");

        (await desk.PostAsync($"/api/v1/staff/proxy-concerns/{concern.Text("id")}/settle", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await Activate(code, born, email: address)).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task R33_an_address_of_the_teens_own_needs_nobody()
    {
        var teen = Guid.Parse(patient.Text("id")!);
        await app.Born(teen, DateOnly.FromDateTime(app.Clock.GetUtcNow().Date).AddYears(-15));
        await app.Grant(teen, "james", PatientPortal.Identity.Domain.LegalBasis.ParentalResponsibility);
        (await Activate(await Code(), (await app.BirthDateOf(teen)).ToString("yyyy-MM-dd"))).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task a_child_under_the_age_of_an_account_gets_no_code()
    {
        var child = Guid.Parse(patient.Text("id")!);
        await app.Born(child, DateOnly.FromDateTime(app.Clock.GetUtcNow().Date).AddYears(-12));
        (await (await desk.PostAsync($"/api/v1/staff/patients/{child}/activation-codes", null)).Code()).ShouldBe("too_young");
    }

    [Fact]
    public async Task case_and_dashes_of_the_code_do_not_matter() =>
        (await Activate((await Code()).Replace("-", " ").ToLowerInvariant())).StatusCode.ShouldBe(HttpStatusCode.Created);

    [Fact]
    public async Task a_code_works_once()
    {
        var code = await Code();
        (await Activate(code)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await (await Activate(code, username: "somebody.else")).Code()).ShouldBe("activation_refused");
    }

    [Fact]
    public async Task every_failure_says_the_same()
    {
        var (replaced, current) = (await Code(), await Code());
        var answers = new List<HttpResponseMessage> { await Activate("AAAA-AAAA-AAAA"), await Activate(replaced), await Activate(current, born: "1900-01-01") };
        app.Clock.Advance(TimeSpan.FromDays(7));
        answers.Add(await Activate(current));

        foreach (var answer in answers) answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Task.WhenAll(answers.Select(async a => (await a.Json()).Text("detail")))).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task five_wrong_birth_dates_end_the_code()
    {
        var code = await Code();
        for (var i = 0; i < 5; i++) (await Activate(code, born: $"190{i}-01-01")).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Activate(code)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task of_twenty_birth_dates_guessed_at_once_five_are_looked_at()
    {
        var code = await Code();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Activate(code, born: $"19{10 + i}-01-01")));
        var looked = await app.Query("SELECT outcome FROM kernel_audit WHERE says = 'Tried to activate an account'");
        looked.Count.ShouldBe(20);
        looked.Count(o => o == "wrong_birth_date").ShouldBe(5);
        (await (await Activate(code)).Code()).ShouldBe("activation_refused");
    }

    [Fact]
    public async Task a_right_birth_date_uses_up_no_try()
    {
        var code = await Code();
        for (var i = 0; i < 6; i++) (await Activate(code, username: "MARIA")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        for (var i = 0; i < 4; i++) await Activate(code, born: $"190{i}-01-01");
        (await Activate(code)).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task a_name_that_is_taken_leaves_the_code_good()
    {
        var code = await Code();
        var taken = await Activate(code, username: "MARIA");
        taken.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await taken.Json()).GetProperty("errors").TryGetProperty("username", out _).ShouldBeTrue();
        (await Activate(code)).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task a_contact_address_may_serve_for_several() => (await Activate(await Code(), email: "maria@example.org")).StatusCode.ShouldBe(HttpStatusCode.Created);

    [Theory]
    [InlineData("password", "short")]
    [InlineData("password", "passwordpassword")]
    [InlineData("password", "new.person new.person")]
    public async Task a_password_that_will_not_do_is_explained_beside_the_field(string field, string password)
    {
        var answer = await Activate(await Code(), password: password);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Json()).GetProperty("errors").GetProperty(field)[0].GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task ten_at_once_with_one_code_make_one_account()
    {
        var code = await Code();
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => Activate(code, username: $"racer{i}")));
        answers.Count(a => a.StatusCode is HttpStatusCode.Created).ShouldBe(1);
    }

    [Fact]
    public async Task a_person_activates_through_the_page()
    {
        using var browser = app.Browser();
        var born = patient.Text("birthDate")!;
        var page = await browser.Page("/activate");
        var short_ = await (await browser.Send("/activate", page, "activate", ("Form.ActivationCode", await Code()), ("Form.DateOfBirth", born),
            ("Form.Username", "new.person"), ("Form.Email", "new@example.org"), ("Form.Password", "short"))).Page();
        short_.QuerySelector(".problem")!.TextContent.ShouldContain("15 characters");
        short_.QuerySelector("input[name='Form.Username']")!.GetAttribute("value").ShouldBe("new.person");

        var done = await browser.Send("/activate", short_, "activate", ("Form.Password", Phrase));
        done.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        done.Headers.Location!.ToString().ShouldEndWith("/sign-in");
    }
}
