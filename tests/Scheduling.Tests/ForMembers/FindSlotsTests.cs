namespace PatientPortal.Scheduling.Tests.ForMembers;

public class FindSlotsTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task open_times_come_first_ones_first_in_the_places_own_zone()
    {
        var maria = await app.SignInAs("maria");
        var lee = await maria.Slots("2026-12-07");
        lee.Select(s => s.GetProperty("start").GetDateTimeOffset()).ShouldBeInOrder();
        lee[0].Text("start").ShouldBe("2026-12-07T08:30:00-05:00");
        (await maria.Slots("2026-12-07", provider: "Dr. Priya Nair"))[0].Text("start").ShouldBe("2026-12-07T09:00:00-06:00");
    }

    [Fact]
    public async Task R6_a_date_is_the_date_at_the_place()
    {
        var maria = await app.SignInAs("maria");
        var (type, nair) = ((await maria.VisitType()).Text("id"), await maria.Provider("Dr. Priya Nair"));
        var day = (await maria.Json($"/api/v1/slots?visitType={type}&provider={nair}&from=2026-12-08&to=2026-12-08&limit=100")).Items().ToList();
        day.ShouldNotBeEmpty();
        day.ShouldAllBe(s => s.Text("start").StartsWith("2026-12-08T", StringComparison.Ordinal));
    }

    [Fact]
    public async Task pages_of_any_provider_follow_each_other_without_a_gap_or_a_repeat()
    {
        var maria = await app.SignInAs("maria");
        var path = $"/api/v1/slots?visitType={(await maria.VisitType()).Text("id")}&from=2026-12-07&to=2026-12-08";
        var walked = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await maria.Json($"{path}&limit=17{(cursor.Length > 0 ? "&cursor=" + cursor : "")}");
            walked.AddRange(page.Items().Select(s => s.Text("id")));
            cursor = page.GetProperty("next").GetString();
        }
        walked.Distinct().Count().ShouldBe(walked.Count);
        walked.Take(100).ShouldBe((await maria.Json($"{path}&limit=100")).Items().Select(s => s.Text("id")));
        walked.Count.ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task R8_what_is_too_soon_is_not_offered_and_not_booked()
    {
        await using var own = await PortalApp.New();
        var maria = await own.SignInAs("maria");
        var slot = (await maria.Slots("2026-12-07"))[0];
        own.Clock.Set(slot.GetProperty("start").GetDateTimeOffset().AddHours(-3));
        maria = await own.SignInAs("maria", fresh: true);
        (await maria.Slots("2026-12-07")).ShouldNotContain(s => s.Text("id") == slot.Text("id"));
        await (await maria.Book(slot)).ShouldRefuse(HttpStatusCode.UnprocessableEntity, "too_soon");
    }

    [Fact]
    public async Task R4_a_clinic_stays_at_its_hour_through_the_change_of_the_clock()
    {
        await using var own = await PortalApp.New();
        own.Clock.Set(new(2027, 3, 1, 15, 0, 0, TimeSpan.Zero));
        var maria = await own.SignInAs("maria");
        (await maria.Slots("2027-03-08"))[0].Text("start").ShouldBe("2027-03-08T08:30:00-05:00");
        (await maria.Slots("2027-03-15"))[0].Text("start").ShouldBe("2027-03-15T08:30:00-04:00");
    }

    [Theory]
    [InlineData("visitType=", "visitType")]
    [InlineData("visitType=00000000-0000-0000-0000-000000000001&from=soon", "from")]
    [InlineData("visitType=00000000-0000-0000-0000-000000000001&cursor=x", "cursor")]
    public async Task what_cannot_be_read_is_refused(string query, string field)
    {
        var answer = await (await app.SignInAs("maria")).GetAsync($"/api/v1/slots?{query}", Clinic.Ct);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, field);
    }

    [Fact]
    public async Task nobody_looks_without_signing_in() =>
        (await app.Anonymous().GetAsync("/api/v1/slots?visitType=00000000-0000-0000-0000-000000000001", Clinic.Ct)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
}
