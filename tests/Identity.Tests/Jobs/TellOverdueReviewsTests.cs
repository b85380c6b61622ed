using PatientPortal.Identity.Tests.ForStaff;

namespace PatientPortal.Identity.Tests.Jobs;

public sealed class TellOverdueReviewsTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync()
    {
        app = await PortalApp.New();
        var doctor = await app.SignInAs("drlee");
        await app.Knows(doctor, "maria");
        (await doctor.Break(await app.ChartOf("maria"))).EnsureSuccessStatusCode();
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    async Task<List<string>> Told()
    {
        await app.RunJob("tell-overdue-reviews");
        await app.RunCourierAndPost();
        return [.. app.Mailbox().Select(Proxies.Plain).Where(m => m.Contains("Reviews are overdue", StringComparison.Ordinal))];
    }

    [Fact]
    public async Task nobody_is_told_before_the_two_business_days_are_over()
    {
        app.Clock.Set(new(2026, 11, 26, 4, 59, 0, TimeSpan.Zero));
        (await Told()).ShouldBeEmpty();
    }

    [Fact]
    public async Task privacy_officers_are_told_once_a_day_without_a_word_about_whom()
    {
        app.Clock.Set(new(2026, 11, 26, 5, 0, 0, TimeSpan.Zero));
        var told = (await Told()).ShouldHaveSingleItem();
        told.ShouldContain("/staff/break-glass");
        foreach (var word in (string[])["Maria", "Alvarez", "Lee", "ten minutes", "relative"]) told.ShouldNotContain(word);
        (await Told()).Count.ShouldBe(1);
        app.Clock.Advance(TimeSpan.FromDays(1));
        (await Told()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task what_was_reviewed_is_nobodys_reminder()
    {
        var privacy = await app.SignInAs("privacy");
        var id = (await privacy.See("/api/v1/staff/break-glass")).GetProperty("items").EnumerateArray().Single().Text("id");
        (await privacy.PostAsJsonAsync($"/api/v1/staff/break-glass/{id}/review", new { finding = "Appropriate" })).EnsureSuccessStatusCode();
        app.Clock.Advance(TimeSpan.FromDays(9));
        (await Told()).ShouldBeEmpty();
    }
}
