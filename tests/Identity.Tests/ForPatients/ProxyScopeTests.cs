using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Tests.ForPatients;

/// <summary>R30: one policy, every surface, each scope alone.</summary>
public sealed class ProxyScopeTests : IAsyncLifetime
{
    PortalApp app = null!;
    Guid maria;

    static readonly (string Scope, string Path)[] Surfaces =
    [
        ("appointments", "/appointments"), ("records", "/results"), ("records", "/documents"), ("records", "/vitals"), ("records", "/conditions"), ("records", "/allergies"), ("records", "/notes"), ("records", "/access-log"),
        ("messages", "/threads"), ("messages", "/threads/unread"), ("medications", "/medications"), ("medications", "/refill-requests"),
    ];

    public async ValueTask InitializeAsync()
    {
        app = await PortalApp.New();
        maria = await PortalApp.OwnChart(await app.SignInAs("maria"));
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Theory, InlineData("appointments"), InlineData("records"), InlineData("messages"), InlineData("medications")]
    public async Task R30_with_one_scope_every_other_list_page_and_count_stays_shut(string scope)
    {
        await app.Grant(maria, "james", LegalBasis.PatientsWish, scope, "friend");
        var james = await app.SignInAs("james");
        var own = await app.SignInAs("maria");
        foreach (var (needs, path) in Surfaces)
        {
            if ((await own.GetAsync($"/api/v1/patients/me{path}")).StatusCode is HttpStatusCode.NotFound) continue;
            (await james.GetAsync($"/api/v1/patients/{maria}{path}")).StatusCode.ShouldBe(needs == scope ? HttpStatusCode.OK : HttpStatusCode.Forbidden, path);
        }
        var home = await (await james.GetAsync($"/api/v1/patients/{maria}/home")).Content.ReadAsStringAsync();
        var full = await own.GetStringAsync("/api/v1/patients/me/home");
        home.Length.ShouldBeLessThan(full.Length);
    }

    [Fact]
    public async Task R28_a_form_that_a_proxy_had_open_sends_nothing_after_the_end()
    {
        var grant = await app.Grant(maria, "james", LegalBasis.PatientsWish, relation: "friend");
        var james = await app.SignInAs("james");
        var before = (await (await app.SignInAs("maria")).See("/api/v1/patients/me/threads")).GetProperty("items").GetArrayLength();
        var team = (await james.See($"/api/v1/patients/{maria}/teams")).GetProperty("items")[0];
        (await (await app.SignInAs("maria")).PostAsync($"/api/v1/patients/me/proxies/{grant}/revoke", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var draft = new { team = team.GetProperty("id").GetGuid(), topic = team.GetProperty("topics")[0].ToString(), subject = "Draft", body = "Written before the end." };
        (await james.PostAsJsonAsync($"/api/v1/patients/{maria}/threads", draft)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await app.SignInAs("maria")).See("/api/v1/patients/me/threads")).GetProperty("items").GetArrayLength().ShouldBe(before);
    }

    [Fact]
    public async Task R29_what_a_proxy_does_is_stored_under_their_name_and_relation_for_this_patient()
    {
        await app.Grant(maria, "james", LegalBasis.PatientsWish, relation: "friend");
        await (await app.SignInAs("james")).GetAsync($"/api/v1/patients/{maria}/results");
        var row = (await (await app.SignInAs("maria")).See("/api/v1/patients/me/access-log")).GetProperty("items").EnumerateArray().First(r => r.Text("kind") is "proxy");
        row.Text("who").ShouldNotBeNull().ShouldStartWith("James");
        row.Text("role").ShouldBe("friend");
    }

    [Fact]
    public async Task R36_a_representative_of_the_dead_reads_but_asks_for_no_refill()
    {
        await app.Inside(async s => { var db = s.GetRequiredService<PatientPortal.Identity.Data.IdentityDb>(); db.Patients.Single(p => p.Id == maria).IsDeceased = true; await db.Save(default); return 0; });
        await app.Grant(maria, "james", LegalBasis.PersonalRepresentative, relation: "other");
        var james = await app.SignInAs("james");
        var medication = (await james.See($"/api/v1/patients/{maria}/medications")).GetProperty("items")[0].GetProperty("id").GetGuid();
        (await (await james.PostAsJsonAsync($"/api/v1/patients/{maria}/medications/{medication}/refill-requests", new { })).Code()).ShouldBe("patient_deceased");
    }
}
