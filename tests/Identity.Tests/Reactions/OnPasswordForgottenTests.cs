using PatientPortal.Identity.Contracts;
using PatientPortal.Kernel.Sealing;

namespace PatientPortal.Identity.Tests.Reactions;

public sealed class OnPasswordForgottenTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    async Task<List<PasswordResetAsked>> Asked()
    {
        await using var connection = await app.Database.Open(default);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT payload FROM kernel_outbox WHERE type LIKE '%PasswordResetAsked'";
        await using var rows = await command.ExecuteReaderAsync();
        var asked = new List<PasswordResetAsked>();
        while (await rows.ReadAsync())
            asked.Add(JsonSerializer.Deserialize<PasswordResetAsked>(app.Services.GetRequiredService<Vault>().Open((byte[])rows.GetValue(0), "kernel_outbox.payload"))!);
        return asked;
    }

    [Fact]
    public async Task the_link_that_is_announced_sets_the_password()
    {
        await app.Anonymous().PostAsJsonAsync("/api/v1/password/forgot", new { username = " MARIA " });
        await app.CourierIsIdle();

        var asked = (await Asked()).ShouldHaveSingleItem();
        asked.ExpiresAt.ShouldBe(app.Clock.GetUtcNow().AddMinutes(30));
        var reset = await app.Anonymous().PostAsJsonAsync("/api/v1/password/reset", new { token = asked.Token, newPassword = "velvet otter under ninth lamp" });
        reset.StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task nobody_is_written_to_for_a_name_that_nobody_has()
    {
        await app.Anonymous().PostAsJsonAsync("/api/v1/password/forgot", new { username = "nobody-has-this" });
        await app.CourierIsIdle();
        (await Asked()).ShouldBeEmpty();
    }
}
