using System.Net;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Messaging.Tests.ForPatients;

public sealed class WriteMessageTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    static string Messages(Guid thread) => $"/api/v1/patients/me/threads/{thread}/messages";

    [Fact]
    public async Task a_second_message_joins_the_first_and_keeps_its_promise()
    {
        var maria = await app.SignInAs("maria");
        var thread = await maria.Ask();
        var promised = (await maria.Get($"/api/v1/patients/me/threads/{thread}")).Text("answerBy");
        app.Clock.Advance(TimeSpan.FromHours(12));
        maria = await app.SignInAs("maria", fresh: true);

        var written = await (await maria.Post(Messages(thread), new { body = "And may I drink?" })).Json(HttpStatusCode.Created);
        written.Text("answerBy").ShouldBe(promised);
        (await maria.Get($"/api/v1/patients/me/threads/{thread}")).GetProperty("messages").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task retried_with_its_key_it_is_there_once()
    {
        var maria = await app.SignInAs("maria");
        var thread = await maria.Ask();
        for (var n = 0; n < 3; n++)
            (await maria.Post(Messages(thread), new { body = "Hello?" }, "one-key")).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await maria.Get($"/api/v1/patients/me/threads/{thread}")).GetProperty("messages").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task several_at_the_same_moment_all_get_through()
    {
        var maria = await app.SignInAs("maria");
        var thread = await maria.Ask();
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(n => Task.Run(() => maria.Post(Messages(thread), new { body = $"Line {n}" }, $"key-{n}"))));
        answers.ShouldAllBe(a => a.StatusCode == HttpStatusCode.Created);
        var bodies = (await maria.Get($"/api/v1/patients/me/threads/{thread}")).GetProperty("messages").EnumerateArray().Select(m => m.Text("body")).ToList();
        bodies.Count.ShouldBe(13);
        bodies.Distinct().Count().ShouldBe(13);
    }

    [Fact]
    public async Task writing_reopens_for_a_week_and_then_no_more()
    {
        var (maria, nurse) = (await app.SignInAs("maria"), await app.SignInAs("nurse"));
        var thread = await maria.Ask();
        await nurse.Answer(thread);
        (await nurse.Post($"/api/v1/staff/threads/{thread}/close", new { outcome = "answered" })).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await maria.Post(Messages(thread), new { body = "One more thing" })).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await maria.Get($"/api/v1/patients/me/threads/{thread}")).Text("status").ShouldBe("waiting");

        (await nurse.Post($"/api/v1/staff/threads/{thread}/close", new { outcome = "handled_by_phone" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        app.Clock.Advance(TimeSpan.FromDays(7.01));
        maria = await app.SignInAs("maria", fresh: true);
        var refused = await (await maria.Post(Messages(thread), new { body = "Too late" })).Problem(HttpStatusCode.UnprocessableEntity, "thread_closed");
        refused.Text("nextStep").ShouldNotBeEmpty();
        (await maria.Get($"/api/v1/patients/me/threads/{thread}")).GetProperty("canReply").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task an_empty_message_is_refused()
    {
        var maria = await app.SignInAs("maria");
        await (await maria.Post(Messages(await maria.Ask()), new { body = " \n " })).Problem(HttpStatusCode.BadRequest, "invalid");
    }

    [Fact]
    public async Task nobody_writes_into_somebody_elses_thread()
    {
        var (maria, aisha) = (await app.SignInAs("maria"), await app.SignInAs("aisha"));
        (await maria.Post(Messages(await aisha.Ask()), new { body = "Hello" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
