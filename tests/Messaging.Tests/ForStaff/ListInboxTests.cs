using System.Net;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Messaging.Tests.ForStaff;

public sealed class ListInboxTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task what_waits_longest_stands_first_with_its_promise()
    {
        var nurse = await app.SignInAs("nurse");
        var lines = (await nurse.Get("/api/v1/staff/threads?limit=100")).Items().ToList();
        lines.ShouldNotBeEmpty();
        lines.ShouldAllBe(l => l.Text("status") == "waiting");
        lines.Select(l => l.GetProperty("since").GetDateTimeOffset()).ShouldBeInOrder();
        lines.ShouldAllBe(l => l.GetProperty("late").GetBoolean() == l.GetProperty("answerBy").GetDateTimeOffset() < app.Clock.GetUtcNow());
        lines[0].GetProperty("patient").Text("name").ShouldNotBeEmpty();
    }

    [Fact]
    public async Task a_patients_message_appears_and_leaves_when_it_is_answered()
    {
        var (maria, nurse) = (await app.SignInAs("maria"), await app.SignInAs("nurse"));
        var thread = await maria.Ask("I cannot breathe well", "For the inbox");
        var line = (await nurse.Get("/api/v1/staff/threads?status=waiting&limit=100")).Items().Single(l => l.Id() == thread);
        line.GetProperty("patient").Text("name").ShouldBe("Maria Alvarez");
        line.GetProperty("urgent").GetBoolean().ShouldBeTrue();

        await nurse.Answer(thread);
        (await nurse.Get("/api/v1/staff/threads?status=waiting&limit=100")).Items().ShouldAllBe(l => l.Id() != thread);
        (await nurse.Get("/api/v1/staff/threads?status=answered&limit=100")).Items().First().Id().ShouldBe(thread);
        (await nurse.Get("/api/v1/staff/threads?status=waiting&mine=true&limit=100")).Items().ShouldAllBe(l => l.GetProperty("mine").GetBoolean());
    }

    [Theory, InlineData("waiting"), InlineData("closed")]
    public async Task pages_follow_each_other_without_gaps_or_repeats(string status)
    {
        var nurse = await app.SignInAs("nurse");
        var all = (await nurse.Get($"/api/v1/staff/threads?status={status}&limit=100")).Items().Select(i => i.Id()).ToList();
        var (seen, cursor) = (new List<Guid>(), "");
        do
        {
            var page = await nurse.Get($"/api/v1/staff/threads?status={status}&limit=3{cursor}");
            seen.AddRange(page.Items().Select(i => i.Id()));
            cursor = page.IsNull("next") ? null : $"&cursor={page.Text("next")}";
        }
        while (cursor is not null);
        seen.ShouldBe(all);
    }

    [Fact]
    public async Task patients_who_are_shown_see_it_in_their_access_log()
    {
        var (maria, nurse) = (await app.SignInAs("maria"), await app.SignInAs("nurse"));
        await maria.Ask(subject: "Seen by the nurse");
        await nurse.Get("/api/v1/staff/threads?limit=100");
        var log = await maria.Get("/api/v1/patients/me/access-log?limit=100");
        log.GetRawText().ShouldContain("Nadia Brooks");
    }

    [Fact]
    public async Task an_unknown_status_is_refused_and_patients_are_not_staff()
    {
        var (maria, nurse) = (await app.SignInAs("maria"), await app.SignInAs("nurse"));
        (await nurse.GetAsync("/api/v1/staff/threads?status=lost")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await maria.GetAsync("/api/v1/staff/threads")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await app.Anonymous().GetAsync("/api/v1/staff/threads")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }
}
