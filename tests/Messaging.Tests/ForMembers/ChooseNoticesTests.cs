using System.Net;
using System.Net.Http.Json;
using PatientPortal.Messaging.Contracts;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Messaging.Tests.ForMembers;

public sealed class ChooseNoticesTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task who_wants_no_mails_about_messages_gets_none()
    {
        var maria = await app.SignInAs("maria");
        (await maria.Get("/api/v1/notice-choices")).GetProperty("email").GetProperty("messages").GetBoolean().ShouldBeTrue();
        var off = await (await maria.PutAsJsonAsync("/api/v1/notice-choices", new { email = new { messages = false } })).Json();
        off.GetProperty("email").GetProperty("messages").GetBoolean().ShouldBeFalse();
        off.GetProperty("email").GetProperty("reminders").GetBoolean().ShouldBeTrue();

        var chart = await PortalApp.OwnChart(maria);
        await app.Hear(new MessageAnswered(Guid.CreateVersion7(), Guid.CreateVersion7(), chart), chart);
        await app.RunJob("send-notices");
        app.Mailbox().ShouldBeEmpty();

        await maria.PutAsJsonAsync("/api/v1/notice-choices", new { email = new { messages = true } });
        await app.Hear(new MessageAnswered(Guid.CreateVersion7(), Guid.CreateVersion7(), chart), chart);
        await app.RunJob("send-notices");
        app.Mailbox().Count.ShouldBe(1);
    }

    [Fact]
    public async Task warnings_about_the_account_cannot_be_switched_off()
    {
        var aisha = await app.SignInAs("aisha");
        await (await aisha.PutAsJsonAsync("/api/v1/notice-choices", new { email = new { security = false } })).Problem(HttpStatusCode.BadRequest, "invalid");
        await (await aisha.PutAsJsonAsync("/api/v1/notice-choices", new { email = new { gossip = true } })).Problem(HttpStatusCode.BadRequest, "invalid");
    }

    [Fact]
    public async Task one_persons_choice_is_not_anothers()
    {
        var (aisha, james) = (await app.SignInAs("aisha"), await app.SignInAs("james"));
        await aisha.PutAsJsonAsync("/api/v1/notice-choices", new { email = new { results = false } });
        (await james.Get("/api/v1/notice-choices")).GetProperty("email").GetProperty("results").GetBoolean().ShouldBeTrue();
        (await app.Anonymous().GetAsync("/api/v1/notice-choices")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }
}
