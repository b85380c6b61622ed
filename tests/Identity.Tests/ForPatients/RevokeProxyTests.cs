using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Tests.ForPatients;

public sealed class RevokeProxyTests : IAsyncLifetime
{
    PortalApp app = null!;
    Guid maria, grant;

    public async ValueTask InitializeAsync()
    {
        app = await PortalApp.New();
        maria = await PortalApp.OwnChart(await app.SignInAs("maria"));
        grant = await app.Inside(async s =>
        {
            var db = s.GetRequiredService<IdentityDb>();
            var given = new Grant
            {
                Id = Guid.CreateVersion7(), PatientId = maria, AccountId = db.Accounts.Single(a => a.UserNameKey == "james").Id, Relation = "spouse",
                Scopes = "appointments,records", StartsAt = app.Clock.GetUtcNow().AddDays(-1), EndsAt = app.Clock.GetUtcNow().AddDays(5),
            };
            db.Add(given);
            await db.Save(default);
            return given.Id;
        });
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    async Task<HttpStatusCode> SeenByJames() => (await (await app.SignInAs("james")).GetAsync($"/api/v1/patients/{maria}")).StatusCode;

    [Fact]
    public async Task R28_a_revoked_proxy_is_out_from_the_next_request_on()
    {
        (await SeenByJames()).ShouldBe(HttpStatusCode.OK);

        var ended = await (await app.SignInAs("maria")).PostAsync($"/api/v1/patients/me/proxies/{grant}/revoke", null);
        ended.StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await SeenByJames()).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task a_grant_ends_at_its_date_by_itself()
    {
        app.Clock.Advance(TimeSpan.FromDays(5));
        (await (await app.SignInAs("james", fresh: true)).GetAsync($"/api/v1/patients/{maria}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task R35_one_proxy_cannot_remove_another()
    {
        await app.Grant(maria, "aisha", LegalBasis.ParentalResponsibility);
        var answer = await (await app.SignInAs("aisha")).PostAsync($"/api/v1/patients/{maria}/proxies/{grant}/revoke", null);
        answer.StatusCode.ShouldNotBe(HttpStatusCode.NoContent);
        (await SeenByJames()).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task what_the_law_gave_is_not_the_patients_to_end_but_its_holder_may_give_it_up()
    {
        var guardian = await app.Grant(maria, "aisha", LegalBasis.Guardianship);
        (await (await (await app.SignInAs("maria")).PostAsync($"/api/v1/patients/me/proxies/{guardian}/revoke", null)).Code()).ShouldBe("rests_on_law");
        var aisha = await app.SignInAs("aisha");
        (await aisha.PostAsync($"/api/v1/patients/{maria}/proxies/{guardian}/revoke", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await aisha.GetAsync($"/api/v1/patients/{maria}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task the_page_names_who_loses_what()
    {
        var text = (await (await app.SignInAs("maria")).Page($"/account/proxies/{grant}")).Body!.TextContent;
        text.ShouldContain("James");
        text.ShouldContain("records");
    }

    [Fact]
    public async Task somebody_elses_grant_is_not_found()
    {
        var answer = await (await app.SignInAs("aisha")).PostAsync($"/api/v1/patients/me/proxies/{grant}/revoke", null);
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
