using PatientPortal.Identity.Jobs.CreateAdministrator;
using PatientPortal.Kernel.Requests;
using Totp = PatientPortal.Identity.Domain.Totp;

namespace PatientPortal.Identity.Tests.Jobs;

public sealed class CreateAdministratorTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    Task<Outcome<CreatedAdministrator>> Create(string username, string password = "velvet otter under ninth lamp") => app.Inside(s =>
        s.GetRequiredService<IHandle<CreateAdministratorRequest, CreatedAdministrator>>().Handle(new(username, "Rosa Ops", "rosa@example.org", password), default));

    [Fact]
    public async Task the_new_administrator_signs_in_with_the_secret_shown_once()
    {
        var made = (await Create("rosa")).Value;
        made.TotpUri.ShouldStartWith("otpauth://totp/");

        using var client = app.Anonymous();
        var answer = await client.SignIn("rosa", "velvet otter under ninth lamp", Totp.CodeAt(made.TotpSecret, Totp.StepAt(app.Clock.GetUtcNow())));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        client.DefaultRequestHeaders.Authorization = new("Bearer", (await answer.Json()).Text("accessToken"));
        (await client.GetAsync("/api/v1/staff/accounts")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task a_taken_name_and_a_poor_password_are_refused()
    {
        (await Create("ADMIN")).Refusal!.For("username").ShouldNotBeEmpty();
        (await Create("rosa", "short")).Refusal!.For("password").ShouldNotBeEmpty();
    }
}
