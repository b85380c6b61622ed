using System.Net;
using Microsoft.EntityFrameworkCore;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Messaging.Tests.ForPatients;

public sealed class StartThreadTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task a_question_is_sent_and_says_by_when_it_is_answered()
    {
        var maria = await app.SignInAs("maria");
        var team = await maria.Team(1);
        var answer = await maria.Post("/api/v1/patients/me/threads", new { team, topic = "question", subject = " About Thursday ", body = "May I eat\r\nbefore?" });
        var started = await answer.Json(HttpStatusCode.Created);

        started.Text("answerBy").ShouldBe("2026-11-24T17:00:00-05:00");
        started.GetProperty("urgent").GetBoolean().ShouldBeFalse();
        var thread = await maria.Get(answer.Headers.Location!.ToString());
        thread.Text("subject").ShouldBe("About Thursday");
        thread.Text("status").ShouldBe("waiting");
        thread.GetProperty("messages")[0].Text("body").ShouldBe("May I eat\nbefore?");
    }

    [Fact]
    public async Task sent_twice_with_one_key_it_is_there_once()
    {
        var maria = await app.SignInAs("maria");
        var key = Guid.CreateVersion7().ToString();
        var first = await maria.Ask(subject: "Only once", key: key);
        (await maria.Ask(subject: "Only once", key: key)).ShouldBe(first);
        (await app.Db(db => db.Threads.CountAsync(t => t.Id == first))).ShouldBe(1);
        var reused = await maria.Post("/api/v1/patients/me/threads", new { team = await maria.Team(), topic = "question", subject = "Something else", body = "x" }, key);
        await reused.Problem(HttpStatusCode.UnprocessableEntity, "idempotency_key_reused");
    }

    [Theory]
    [InlineData("subject", "", "x")]
    [InlineData("subject", "two\nlines", "x")]
    [InlineData("body", "s", "  ")]
    [InlineData("body", "s", "a\u0007b")]
    [InlineData("body", "s", "a\u202eb")]
    public async Task what_is_no_plain_text_is_refused_beside_its_field(string field, string subject, string body)
    {
        var maria = await app.SignInAs("maria");
        var problem = await (await maria.Post("/api/v1/patients/me/threads", new { team = await maria.Team(), topic = "question", subject, body })).Problem(HttpStatusCode.BadRequest, "invalid");
        problem.GetProperty("errors").TryGetProperty(field, out _).ShouldBeTrue();
    }

    [Fact]
    public async Task the_limits_are_120_and_10_000_characters()
    {
        var maria = await app.SignInAs("maria");
        var team = await maria.Team();
        async Task<HttpStatusCode> Send(int subject, int body, string topic = "question", Guid? other = null) =>
            (await maria.Post("/api/v1/patients/me/threads", new { team = other ?? team, topic, subject = new string('s', subject), body = new string('é', body) })).StatusCode;

        (await Send(120, 10_000)).ShouldBe(HttpStatusCode.Created);
        (await Send(121, 1)).ShouldBe(HttpStatusCode.BadRequest);
        (await Send(1, 10_001)).ShouldBe(HttpStatusCode.BadRequest);
        (await Send(1, 1, "gossip")).ShouldBe(HttpStatusCode.BadRequest);
        (await Send(1, 1, "question", Guid.CreateVersion7())).ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task words_of_an_emergency_get_the_advice_to_call_and_are_sent_all_the_same()
    {
        var maria = await app.SignInAs("maria");
        var started = await (await maria.Post("/api/v1/patients/me/threads", new { team = await maria.Team(), topic = "question", subject = "Help", body = "I have chest pain" })).Json(HttpStatusCode.Created);
        started.GetProperty("urgent").GetBoolean().ShouldBeTrue();
        (await maria.Get($"/api/v1/patients/me/threads/{started.Id()}")).GetProperty("urgent").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task a_proxy_writes_under_their_own_name()
    {
        var james = await app.SignInAs("james");
        var child = await james.Child();
        var thread = await james.Ask("Does she need the form?", whom: child.ToString());
        var message = (await james.Get($"/api/v1/patients/{child}/threads/{thread}")).GetProperty("messages")[0];
        message.Text("author").ShouldBe("James Carter for Emma Carter");
        message.Text("role").ShouldBe("parent");
    }

    [Fact]
    public async Task nobody_writes_into_somebody_elses_chart()
    {
        var (maria, aisha) = (await app.SignInAs("maria"), await app.SignInAs("aisha"));
        var answer = await maria.Post($"/api/v1/patients/{await PortalApp.OwnChart(aisha)}/threads", new { team = await maria.Team(), topic = "question", subject = "s", body = "b" });
        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task the_body_is_neither_in_the_database_nor_in_a_log()
    {
        await using var own = await PortalApp.New();
        var maria = await own.SignInAs("maria");
        await maria.Ask("zanzibar marmalade in the body", "zanzibar marmalade on top");
        await own.CourierIsIdle();
        await own.RunJob("send-notices");
        var bytes = await DatabaseBytes.Of(own.Database);
        // The trail, which is not sealed, is found: the search looks where the rows are.
        bytes.Hold("Wrote to the care team").ShouldBeTrue();
        bytes.Hold("zanzibar").ShouldBeFalse();
        own.Mailbox().ShouldAllBe(m => !m.Contains("zanzibar"));
        own.Log.Lines.ShouldAllBe(l => !l.Contains("zanzibar"));
    }
}
