using System.Net;
using Microsoft.EntityFrameworkCore;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Messaging.Tests.ForStaff;

public sealed class ReplyToThreadTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task an_answer_is_read_by_the_patient_and_claims_the_conversation()
    {
        var (maria, nurse) = (await app.SignInAs("maria"), await app.SignInAs("nurse"));
        var thread = await maria.Ask();
        await nurse.Answer(thread, "Yes, you may.");
        (await maria.Get($"/api/v1/patients/me/threads/{thread}")).GetProperty("messages")[1].Text("body").ShouldBe("Yes, you may.");
        (await nurse.Get($"/api/v1/staff/threads/{thread}")).GetProperty("mine").GetBoolean().ShouldBeTrue();
        (await maria.Get("/api/v1/patients/me/access-log?limit=100")).GetRawText().ShouldContain("Answered a message");
    }

    [Fact]
    public async Task of_two_who_answer_at_once_one_is_told_that_a_colleague_has_it()
    {
        var (maria, nurse, lee) = (await app.SignInAs("maria"), await app.SignInAs("nurse"), await app.SignInAs("drlee"));
        var thread = await maria.Ask();
        var answers = await Task.WhenAll(
            nurse.Post($"/api/v1/staff/threads/{thread}/reply", new { body = "From the nurse" }), lee.Post($"/api/v1/staff/threads/{thread}/reply", new { body = "From the doctor" }));
        answers.Count(a => a.StatusCode is HttpStatusCode.Created).ShouldBe(1);
        await answers.Single(a => a.StatusCode is not HttpStatusCode.Created).Problem(HttpStatusCode.Conflict, "already_claimed");
        (await app.Db(db => db.Messages.CountAsync(m => m.ConversationId == thread))).ShouldBe(2);
    }

    [Fact]
    public async Task repeated_with_its_key_it_is_sent_once()
    {
        var (maria, nurse) = (await app.SignInAs("maria"), await app.SignInAs("nurse"));
        var thread = await maria.Ask();
        for (var n = 0; n < 2; n++)
            (await nurse.Post($"/api/v1/staff/threads/{thread}/reply", new { body = "Once" }, $"key-{thread}")).StatusCode.ShouldBe(HttpStatusCode.Created);
        (await app.Db(db => db.Messages.CountAsync(m => m.ConversationId == thread))).ShouldBe(2);
    }

    [Fact]
    public async Task a_closed_conversation_and_an_empty_answer_are_refused()
    {
        var (maria, nurse) = (await app.SignInAs("maria"), await app.SignInAs("nurse"));
        var thread = await maria.Ask();
        (await nurse.Post($"/api/v1/staff/threads/{thread}/reply", new { body = "" })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await nurse.Post($"/api/v1/staff/threads/{thread}/close", new { outcome = "no_answer_needed" })).StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await nurse.Post($"/api/v1/staff/threads/{thread}/reply", new { body = "Late" })).Problem(HttpStatusCode.UnprocessableEntity, "thread_closed");
        (await nurse.Post($"/api/v1/staff/threads/{Guid.CreateVersion7()}/reply", new { body = "To nobody" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
