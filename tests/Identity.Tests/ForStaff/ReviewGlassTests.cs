namespace PatientPortal.Identity.Tests.ForStaff;

public sealed class ReviewGlassTests : IAsyncLifetime
{
    PortalApp app = null!;
    HttpClient doctor = null!, privacy = null!;
    string maria = null!;

    public async ValueTask InitializeAsync()
    {
        app = await PortalApp.New();
        (doctor, privacy, maria) = (await app.SignInAs("drlee"), await app.SignInAs("privacy"), await app.ChartOf("maria"));
        await app.Knows(doctor, "maria");
        (await doctor.Break(maria)).EnsureSuccessStatusCode();
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    async Task<JsonElement> Waiting(HttpClient? officer = null) => (await (officer ?? privacy).See("/api/v1/staff/break-glass")).GetProperty("items").EnumerateArray().Single();

    static Task<HttpResponseMessage> Review(HttpClient by, string? glass, string? finding = "Appropriate", string? note = null) => by.PostAsJsonAsync($"/api/v1/staff/break-glass/{glass}/review", new { finding, note });

    [Fact]
    public async Task every_opening_waits_for_the_privacy_officer_who_records_what_they_found()
    {
        var waiting = await Waiting();
        (waiting.Text("staff"), waiting.Text("patient"), waiting.Text("flag"), waiting.Text("words")).ShouldBe(("Dr. Hannah Lee", "Maria Alvarez", "relative", "I see the patient in ten minutes"));
        (await Review(privacy, waiting.Text("id"))).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await privacy.See("/api/v1/staff/break-glass")).GetProperty("items").GetArrayLength().ShouldBe(0);
        var done = (await privacy.See("/api/v1/staff/break-glass?status=reviewed")).GetProperty("items").EnumerateArray().Single();
        (done.Text("finding"), done.Text("reviewedBy")).ShouldBe(("Appropriate", "Ruth Abelson"));
        (await (await Review(privacy, waiting.Text("id"))).Code()).ShouldBe("already_reviewed");
    }

    [Fact]
    public async Task it_is_due_at_the_end_of_the_second_business_day_and_overdue_from_then_on()
    {
        // Opened on Monday; Thursday is Thanksgiving.
        (await Waiting()).GetProperty("reviewBy").GetDateTimeOffset().ShouldBe(new(2026, 11, 26, 0, 0, 0, TimeSpan.FromHours(-5)));
        app.Clock.Set(new(2026, 11, 26, 4, 59, 0, TimeSpan.Zero));
        (await Waiting(await app.SignInAs("privacy", fresh: true))).GetProperty("overdue").GetBoolean().ShouldBeFalse();
        app.Clock.Set(new(2026, 11, 26, 5, 1, 0, TimeSpan.Zero));
        var officer = await app.SignInAs("privacy", fresh: true);
        (await Waiting(officer)).GetProperty("overdue").GetBoolean().ShouldBeTrue();
        (await officer.GetStringAsync("/staff/break-glass")).ShouldContain("1 review is overdue");
    }

    [Fact]
    public async Task nobody_reviews_what_they_opened_themselves()
    {
        var admin = await app.SignInAs("admin");
        (await admin.PutAsJsonAsync($"/api/v1/staff/members/{(await doctor.See("/api/v1/me")).Text("userId")}/role", new { role = "PrivacyOfficer" })).EnsureSuccessStatusCode();
        var waiting = await Waiting(doctor);
        waiting.GetProperty("own").GetBoolean().ShouldBeTrue();
        (await (await Review(doctor, waiting.Text("id"))).Code()).ShouldBe("own_glass");
        (await doctor.GetStringAsync("/staff/break-glass")).ShouldContain("another privacy officer reviews it");
    }

    [Fact]
    public async Task two_reviews_at_once_are_one()
    {
        var id = (await Waiting()).Text("id");
        var answers = await Task.WhenAll(Review(privacy, id), Review(privacy, id, "Inappropriate", "To be talked about"));
        answers.Select(a => a.StatusCode).Order().ShouldBe([HttpStatusCode.NoContent, HttpStatusCode.Conflict]);
    }

    [Theory]
    [InlineData("Fine", null, "finding")]
    [InlineData(null, null, "finding")]
    [InlineData("Inappropriate", null, "note")]
    [InlineData("FollowUp", " ", "note")]
    public async Task a_finding_is_one_of_three_and_a_bad_one_says_what_happens_next(string? finding, string? note, string field) =>
        (await (await Review(privacy, (await Waiting()).Text("id"), finding, note)).FieldErrors(field)).ShouldNotBeEmpty();

    [Fact]
    public async Task only_the_privacy_officer_sees_and_reviews_them()
    {
        var id = (await Waiting()).Text("id");
        foreach (var who in new[] { "drlee", "nurse", "records", "admin" })
        {
            (await (await app.SignInAs(who)).GetAsync("/api/v1/staff/break-glass")).StatusCode.ShouldBe(HttpStatusCode.Forbidden, who);
            (await Review(await app.SignInAs(who), id)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, who);
        }
        (await Review(privacy, Guid.CreateVersion7().ToString())).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await privacy.GetAsync("/api/v1/staff/break-glass?status=lost")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await privacy.GetAsync("/api/v1/staff/break-glass?cursor=x")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task the_list_comes_by_pages()
    {
        using var nurse = await app.SignInAs("nurse");
        foreach (var who in new[] { "james", "aisha" })
        {
            app.Clock.Advance(TimeSpan.FromSeconds(5));
            await app.Knows(nurse, who);
            (await nurse.Break(await app.ChartOf(who))).EnsureSuccessStatusCode();
        }
        foreach (var status in new[] { "waiting", "reviewed" })
        {
            var (seen, cursor) = (new List<string>(), "");
            do
            {
                var page = await privacy.See($"/api/v1/staff/break-glass?status={status}&limit=1{cursor}");
                seen.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.Text("id")!));
                cursor = page.Text("next") is { } next ? $"&cursor={next}" : null;
            }
            while (cursor is not null);
            seen.Distinct().Count().ShouldBe(3, status);
            if (status is "waiting") foreach (var id in seen) (await Review(privacy, id)).EnsureSuccessStatusCode();
        }
    }

    [Fact]
    public async Task the_page_records_a_review()
    {
        using var browser = app.Browser();
        browser.DefaultRequestHeaders.Authorization = privacy.DefaultRequestHeaders.Authorization;
        var form = $"review-{Guid.Parse((await Waiting()).Text("id")!):N}";
        (await (await browser.Send("/staff/break-glass", await browser.Page("/staff/break-glass"), form, ("Form.Finding", ""))).Content.ReadAsStringAsync()).ShouldContain("Say what you found.");
        (await browser.Send("/staff/break-glass", await browser.Page("/staff/break-glass"), form, ("Form.Finding", "FollowUp"), ("Form.Note", "Asked Dr. Lee"))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await browser.GetStringAsync("/staff/break-glass?status=reviewed")).ShouldContain("Asked Dr. Lee");
    }
}
