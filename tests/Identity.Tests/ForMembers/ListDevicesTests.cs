namespace PatientPortal.Identity.Tests.ForMembers;

public sealed class ListDevicesTests(PortalApp app) : IClassFixture<PortalApp>
{
    const string Chrome = "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36";

    [Fact]
    public async Task every_browser_stands_in_the_list_once_and_the_list_has_pages()
    {
        for (var i = 0; i < 3; i++)
        {
            using var browser = ForEveryone.OwnBrowser.Of(app, Chrome);
            for (var again = 0; again < 2; again++)
            {
                if (again > 0) browser.Leave();
                (await browser.Client.Send("/sign-in", await browser.Client.Page("/sign-in"), "sign-in", ("Form.Username", "james"), ("Form.Password", PortalApp.Password))).StatusCode.ShouldBe(HttpStatusCode.Redirect);
            }
        }
        using var james = await app.SignInAs("james");
        var first = await james.See("/api/v1/me/devices?limit=2");
        first.GetProperty("items").EnumerateArray().Select(d => d.Text("name")).ShouldBe(["Chrome on Android", "Chrome on Android"]);
        var rest = await james.See($"/api/v1/me/devices?limit=2&cursor={Uri.EscapeDataString(first.Text("next")!)}");
        rest.GetProperty("items").GetArrayLength().ShouldBe(1);
        rest.GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
        (await james.GetAsync("/api/v1/me/devices?cursor=nonsense")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task somebody_who_only_uses_programs_has_none()
    {
        using var aisha = await app.SignInAs("aisha");
        (await aisha.See("/api/v1/me/devices")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }
}
