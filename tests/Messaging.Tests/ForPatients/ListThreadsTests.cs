using System.Net;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Messaging.Tests.ForPatients;

public sealed class ListThreadsTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task the_newest_stands_first_with_what_is_unread()
    {
        var (aisha, nurse) = (await app.SignInAs("aisha"), await app.SignInAs("nurse"));
        var before = (await aisha.Get("/api/v1/patients/me/threads?limit=100")).Items().Count();
        var (older, newer) = (await aisha.Ask(subject: "Older"), Guid.Empty);
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        newer = await aisha.Ask(subject: "Newer");
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await nurse.Answer(older, "Here is your answer");

        var lines = (await aisha.Get("/api/v1/patients/me/threads?limit=100")).Items().ToList();
        lines.Count.ShouldBe(before + 2);
        lines[0].Id().ShouldBe(older);
        lines[0].Text("preview").ShouldBe("Here is your answer");
        lines[0].GetProperty("unread").GetInt32().ShouldBe(1);
        lines[0].Text("status").ShouldBe("answered");
        lines[1].Id().ShouldBe(newer);
        lines[1].Text("status").ShouldBe("waiting");
        lines[1].GetProperty("unread").GetInt32().ShouldBe(0);

        await aisha.Get($"/api/v1/patients/me/threads/{older}");
        (await aisha.Get("/api/v1/patients/me/threads")).Items().First().GetProperty("unread").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task pages_follow_each_other_without_gaps_or_repeats()
    {
        var maria = await app.SignInAs("maria");
        for (var n = 0; n < 5; n++) await maria.Ask(subject: $"Question {n}");
        var all = (await maria.Get("/api/v1/patients/me/threads?limit=100")).Items().Select(i => i.Id()).ToList();

        var (seen, cursor) = (new List<Guid>(), "");
        do
        {
            var page = await maria.Get($"/api/v1/patients/me/threads?limit=2{cursor}");
            seen.AddRange(page.Items().Select(i => i.Id()));
            cursor = page.IsNull("next") ? null : $"&cursor={page.Text("next")}";
        }
        while (cursor is not null);
        seen.ShouldBe(all);
    }

    [Fact]
    public async Task a_cursor_that_we_did_not_give_is_refused()
    {
        var maria = await app.SignInAs("maria");
        await (await maria.GetAsync("/api/v1/patients/me/threads?cursor=nonsense")).Problem(HttpStatusCode.BadRequest, "invalid");
    }

    [Fact]
    public async Task somebody_elses_messages_are_not_there()
    {
        var (maria, aisha) = (await app.SignInAs("maria"), await app.SignInAs("aisha"));
        (await maria.GetAsync($"/api/v1/patients/{await PortalApp.OwnChart(aisha)}/threads")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await maria.Get("/api/v1/patients/me/threads?limit=100")).Items().Select(i => i.Id())
            .ShouldNotContain((await aisha.Get("/api/v1/patients/me/threads")).Items().First().Id());
    }
}
