using System.Net;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Messaging.Tests.ForStaff;

/// <summary>What is about health is not the front desk's to read: not in a list, not by its id, not to change.</summary>
public sealed class TopicsOfRolesTests(PortalApp app) : IClassFixture<PortalApp>
{
    async Task<Guid> Ask(string topic)
    {
        var maria = await app.SignInAs("maria");
        var team = (await maria.Get("/api/v1/patients/me/teams")).Items().First().Id();
        return (await (await maria.Post("/api/v1/patients/me/threads", new { team, topic, subject = "About " + topic, body = "Please help me with this." })).Json(HttpStatusCode.Created)).Id();
    }

    [Theory]
    [InlineData("question", "drlee", "nurse")]
    [InlineData("results", "drlee", "nurse")]
    [InlineData("refill", "drlee", "nurse", "pharmacist")]
    [InlineData("billing", "drlee", "nurse", "pharmacist", "frontdesk")]
    public async Task a_conversation_opens_to_those_whose_work_it_is(string topic, params string[] readers)
    {
        var thread = await Ask(topic);
        foreach (var who in new[] { "drlee", "nurse", "pharmacist", "frontdesk" })
        {
            var (staff, may) = (await app.SignInAs(who), readers.Contains(who));
            (await staff.GetAsync($"/api/v1/staff/threads/{thread}")).StatusCode.ShouldBe(may ? HttpStatusCode.OK : HttpStatusCode.NotFound, who);
            (await staff.Get("/api/v1/staff/threads?limit=100")).Items().Any(l => l.Id() == thread).ShouldBe(may, who);
            (await staff.Get($"/api/v1/staff/patients/{await PortalApp.OwnChart(await app.SignInAs("maria"))}/threads?limit=100")).Items().Any(l => l.Id() == thread).ShouldBe(may, who);
            if (may) continue;
            foreach (var (act, body) in new (string, object)[] { ("reply", new { body = "Hello" }), ("claim", new { }), ("close", new { outcome = "duplicate" }) })
                (await staff.Post($"/api/v1/staff/threads/{thread}/{act}", body)).StatusCode.ShouldBe(HttpStatusCode.NotFound, $"{who} {act}");
        }
    }

    [Theory, InlineData("records"), InlineData("privacy"), InlineData("admin")]
    public async Task others_have_no_inbox(string who) => (await (await app.SignInAs(who)).GetAsync("/api/v1/staff/threads")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
}
