using System.Text.RegularExpressions;
using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Tests;

/// <summary>What the tests of proxies and minors do again and again.</summary>
static partial class Proxies
{
    public static readonly string[] All = ["appointments", "records", "messages", "medications"];

    [GeneratedRegex("/invited#([A-Za-z0-9_-]{43})")]
    private static partial Regex Link();

    /// <summary>Mail as it reads: quoted-printable and folded lines undone.</summary>
    public static string Plain(string mail) => mail.Replace("=\r\n", "", StringComparison.Ordinal).Replace("=\n", "", StringComparison.Ordinal).Replace("=3D", "=", StringComparison.Ordinal);

    /// <summary>Maria invites somebody; gives the invitation's id and the link's token from the mail.</summary>
    public static async Task<(Guid Id, string Token)> Invite(this PortalApp app, string email = "rosa@example.org", string[]? scopes = null, string by = "maria", DateOnly? endsOn = null)
    {
        var answer = await (await app.SignInAs(by)).PostAsJsonAsync("/api/v1/patients/me/proxy-invitations",
            new { name = "Rosa Alvarez", email, relation = "sibling", scopes = scopes ?? ["appointments", "messages"], endsOn });
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        await app.RunCourierAndPost();
        return ((await answer.Json()).GetProperty("id").GetGuid(), Link().Matches(Plain(string.Concat(app.Mailbox().Where(m => m.Contains(email, StringComparison.Ordinal))))).Last().Groups[1].Value);
    }

    public static async Task RunCourierAndPost(this PortalApp app)
    {
        await app.CourierIsIdle();
        await app.RunJob("send-notices");
    }

    public static async Task<DateOnly> BirthDateOf(this PortalApp app, Guid patient) =>
        await app.Inside(s => Task.FromResult(s.GetRequiredService<IdentityDb>().Patients.Single(p => p.Id == patient).BirthDate));

    /// <summary>An account without a chart, made through the link.</summary>
    public static async Task<HttpClient> Join(this PortalApp app, string token, string username = "rosa.alvarez")
    {
        var joined = await app.Anonymous().PostAsJsonAsync("/api/v1/proxy-invitations/join", new { token, name = "Rosa Alvarez", username, password = "four unrelated words together" });
        joined.StatusCode.ShouldBe(HttpStatusCode.Created, await joined.Content.ReadAsStringAsync());
        return await app.SignedIn(username, password: "four unrelated words together");
    }

    public static Task<HttpResponseMessage> Accept(this HttpClient client, string token, DateOnly birth) =>
        client.PostAsJsonAsync("/api/v1/proxy-invitations/accept", new { token, dateOfBirth = birth });

    /// <summary>A grant as staff or a setup would have given it.</summary>
    public static Task<Guid> Grant(this PortalApp app, Guid patient, string username, LegalBasis basis, string scopes = "appointments,records,messages,medications", string relation = "parent") =>
        app.Inside(async s =>
        {
            var db = s.GetRequiredService<IdentityDb>();
            var account = db.Accounts.Single(a => a.UserNameKey == username);
            var grant = new Grant { Id = Guid.CreateVersion7(), PatientId = patient, AccountId = account.Id, Relation = relation, Scopes = scopes, Basis = basis, StartsAt = app.Clock.GetUtcNow().AddDays(-1) };
            await s.GetRequiredService<Grants>().Give(grant, db.Patients.Single(p => p.Id == patient), account, default);
            await db.Save(default);
            return grant.Id;
        });

    public static async Task<Guid> Daughter(this PortalApp app) =>
        (await (await app.SignInAs("james")).See("/api/v1/me")).GetProperty("patients").EnumerateArray().First(p => p.Text("relation") is "parent").GetProperty("id").GetGuid();

    /// <summary>Moves somebody's birthday, as if they had always had it.</summary>
    public static Task<int> Born(this PortalApp app, Guid patient, DateOnly on) => app.Inside(async s =>
    {
        var db = s.GetRequiredService<IdentityDb>();
        db.Patients.Single(p => p.Id == patient).BirthDate = on;
        await db.Save(default);
        return 0;
    });
}
