namespace PatientPortal.Identity.Tests.ForStaff;

public sealed class ListPrivacyCasesTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task the_nearest_day_first_and_what_is_late_says_so()
    {
        using var admin = await app.SignInAs("privacy");
        foreach (var name in new[] { "maria", "aisha" })
        {
            using var patient = await app.SignInAs(name, fresh: true);
            await (await app.SignInAs("nurse")).See($"/api/v1/staff/patients/{await PortalApp.OwnChart(patient)}");
            var access = (await patient.See("/api/v1/patients/me/access-log?others=true")).GetProperty("items")[0].Text("id");
            (await patient.PostAsJsonAsync($"/api/v1/patients/me/access-log/{access}/question", new { question = "Why?" })).EnsureSuccessStatusCode();
        }
        var first = await admin.See("/api/v1/staff/privacy-cases?limit=1");
        first.GetProperty("items")[0].Text("patientName").ShouldBe("Maria Alvarez");
        (await admin.See($"/api/v1/staff/privacy-cases?limit=1&cursor={first.Text("next")}")).GetProperty("items")[0].Text("patientName")!.ShouldStartWith("Aisha");
        (await admin.See("/api/v1/staff/privacy-cases?status=answered")).GetProperty("items").GetArrayLength().ShouldBe(0);

        app.Clock.Advance(TimeSpan.FromDays(15));
        using var later = await app.SignInAs("privacy", fresh: true);
        (await later.See("/api/v1/staff/privacy-cases")).GetProperty("items").EnumerateArray().ShouldAllBe(l => l.GetProperty("late").GetBoolean());
        (await later.GetAsync("/api/v1/staff/privacy-cases?status=moon")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var browser = app.Browser();
        browser.DefaultRequestHeaders.Authorization = later.DefaultRequestHeaders.Authorization;
        (await browser.Page("/staff/privacy")).Body!.TextContent.ShouldContain("Late");
    }

    [Fact]
    public async Task it_needs_the_permission() =>
        (await (await app.SignInAs("nurse")).GetAsync("/api/v1/staff/privacy-cases")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
}
