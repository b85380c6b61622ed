using System.Net;
using System.Text.Json;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Host.Tests.ForStaff.Jobs;

public sealed class ListTroubledNewsTests
{
    [Fact]
    public async Task the_list_has_pages()
    {
        await using var app = await PortalApp.New();
        for (var i = 0; i < 3; i++) await RetryNewsTests.Plant(app);
        var admin = await app.SignInAs("admin");
        using var first = JsonDocument.Parse(await admin.GetStringAsync("/api/v1/staff/events?limit=2"));
        first.RootElement.GetProperty("items").GetArrayLength().ShouldBe(2);
        using var second = JsonDocument.Parse(await admin.GetStringAsync($"/api/v1/staff/events?limit=2&cursor={first.RootElement.GetProperty("next").GetString()}"));
        second.RootElement.GetProperty("items").GetArrayLength().ShouldBe(1);
        second.RootElement.GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task a_forged_cursor_is_refused()
    {
        await using var app = await PortalApp.New();
        (await (await app.SignInAs("admin")).GetAsync("/api/v1/staff/events?cursor=x")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }
}
