using Microsoft.EntityFrameworkCore;
using PatientPortal.Identity.Data;

namespace PatientPortal.Identity.Tests.ForEveryone;

public sealed class OpenActivationTests : IAsyncLifetime
{
    PortalApp app = null!;
    HttpClient desk = null!;
    string path = "";

    public async ValueTask InitializeAsync()
    {
        app = await PortalApp.New();
        desk = await app.SignInAs("frontdesk");
        path = $"/api/v1/staff/patients/{(await desk.NobodysChart()).Text("id")}/activation-codes";
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    Task<HttpResponseMessage> Open(string? code) => app.Anonymous().PostAsJsonAsync("/api/v1/activation/open", new { activationCode = code });

    async Task<string?> State() => (await desk.See(path)).GetProperty("items")[0].Text("state");

    [Fact]
    public async Task staff_see_that_the_letter_arrived_and_the_first_time_stays()
    {
        var code = (await (await desk.PostAsync(path, null)).Json()).Text("activationCode");
        (await State()).ShouldBe("issued");
        (await Open(code)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await State()).ShouldBe("opened");
        var first = (await desk.See(path)).GetProperty("items")[0].GetProperty("openedAt").GetDateTimeOffset();

        app.Clock.Advance(TimeSpan.FromHours(1));
        desk = await app.SignInAs("frontdesk", fresh: true);
        await Open(code);
        (await desk.See(path)).GetProperty("items")[0].GetProperty("openedAt").GetDateTimeOffset().ShouldBe(first);
    }

    [Fact]
    public async Task a_code_that_is_nobodys_is_answered_as_a_good_one()
    {
        var code = (await (await desk.PostAsync(path, null)).Json()).Text("activationCode");
        var (good, wrong) = (await Open(code), await Open("AAAA-AAAA-AAAA"));
        wrong.StatusCode.ShouldBe(good.StatusCode);
        (await wrong.Content.ReadAsStringAsync()).ShouldBe(await good.Content.ReadAsStringAsync());
        (await Open("")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task guessing_codes_here_is_held_up_too()
    {
        for (var i = 0; i < 100; i++) await Open("AAAA-AAAA-AAAA");
        (await Open("AAAA-AAAA-AAAA")).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task a_dead_code_is_not_opened()
    {
        var code = (await (await desk.PostAsync(path, null)).Json()).Text("activationCode");
        (await desk.PostAsync(path, null)).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await Open(code)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await app.Inside(s => s.GetRequiredService<IdentityDb>().ActivationCodes.CountAsync(c => c.OpenedAt != null))).ShouldBe(0);
    }
}
