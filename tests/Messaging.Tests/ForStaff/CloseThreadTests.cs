using System.Net;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Messaging.Tests.ForStaff;

public sealed class CloseThreadTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task R54_closing_needs_an_outcome_that_is_true()
    {
        var (maria, nurse) = (await app.SignInAs("maria"), await app.SignInAs("nurse"));
        var thread = await maria.Ask();
        var path = $"/api/v1/staff/threads/{thread}/close";
        await (await nurse.Post(path, new { })).Problem(HttpStatusCode.BadRequest, "invalid");
        await (await nurse.Post(path, new { outcome = "whatever" })).Problem(HttpStatusCode.BadRequest, "invalid");
        await (await nurse.Post(path, new { outcome = "answered" })).Problem(HttpStatusCode.UnprocessableEntity, "not_answered");

        await nurse.Answer(thread);
        (await (await nurse.Post(path, new { outcome = "answered" })).Json()).Text("outcome").ShouldBe("answered");
        await (await nurse.Post(path, new { outcome = "duplicate" })).Problem(HttpStatusCode.Conflict, "already_closed");
        (await maria.Get($"/api/v1/patients/me/threads/{thread}")).Text("status").ShouldBe("closed");
    }

    [Fact]
    public async Task a_colleagues_conversation_is_closed_by_the_colleague()
    {
        var (maria, nurse, lee) = (await app.SignInAs("maria"), await app.SignInAs("nurse"), await app.SignInAs("drlee"));
        var thread = await maria.Ask();
        await nurse.Post($"/api/v1/staff/threads/{thread}/claim", new { });
        await (await lee.Post($"/api/v1/staff/threads/{thread}/close", new { outcome = "handled_by_phone" })).Problem(HttpStatusCode.Conflict, "already_claimed");
    }

    [Fact]
    public async Task one_that_is_not_there_is_not_found() =>
        (await (await app.SignInAs("nurse")).Post($"/api/v1/staff/threads/{Guid.CreateVersion7()}/close", new { outcome = "duplicate" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
}
