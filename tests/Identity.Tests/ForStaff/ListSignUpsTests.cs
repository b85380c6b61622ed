using PatientPortal.Identity.Tests.ForEveryone;

namespace PatientPortal.Identity.Tests.ForStaff;

public sealed class ListSignUpsTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task the_longest_waiting_stands_first_the_list_has_pages_and_others_see_nothing_of_it()
    {
        var signUps = new SignUps(app);
        var chart = await signUps.Chart();
        for (var i = 0; i < 3; i++)
        {
            await signUps.Send(SignUps.Ask(chart) with { FamilyName = $"Nobody{(char)('A' + i)}", Email = $"n{i}@example.org" });
            app.Clock.Advance(TimeSpan.FromMinutes(1));
        }
        using var desk = await app.SignInAs("frontdesk");
        var first = await desk.See("/api/v1/staff/sign-ups?limit=2");
        first.GetProperty("items").EnumerateArray().Select(i => i.Text("name")).ShouldBe(["Lena NobodyA", "Lena NobodyB"]);
        (await desk.See($"/api/v1/staff/sign-ups?limit=2&cursor={Uri.EscapeDataString(first.Text("next")!)}")).GetProperty("items").EnumerateArray().Single().Text("name").ShouldBe("Lena NobodyC");
        (await desk.GetAsync("/api/v1/staff/sign-ups?cursor=x")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await (await app.SignInAs("pharmacist")).GetAsync("/api/v1/staff/sign-ups")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
