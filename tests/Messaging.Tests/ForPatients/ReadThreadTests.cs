using System.Net;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Messaging.Tests.ForPatients;

public sealed class ReadThreadTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task what_one_reader_opened_is_still_new_to_the_other()
    {
        var (james, nurse) = (await app.SignInAs("james"), await app.SignInAs("nurse"));
        var child = await james.Child();
        var thread = await james.Ask(whom: child.ToString());
        await nurse.Answer(thread);

        var first = await james.Get($"/api/v1/patients/{child}/threads/{thread}");
        first.GetProperty("messages")[1].GetProperty("new").GetBoolean().ShouldBeTrue();
        var second = await james.Get($"/api/v1/patients/{child}/threads/{thread}");
        second.GetProperty("messages")[1].GetProperty("new").GetBoolean().ShouldBeFalse();

        // The team sees who read it: the father, by name.
        var readBy = (await nurse.Get($"/api/v1/staff/threads/{thread}")).GetProperty("messages")[1].GetProperty("readBy");
        readBy.EnumerateArray().Select(r => r.Text("name")).ShouldBe(["James Carter"]);
    }

    [Fact]
    public async Task a_message_has_its_author_and_its_time_in_the_clinics_zone()
    {
        var (maria, nurse) = (await app.SignInAs("maria"), await app.SignInAs("nurse"));
        var thread = await maria.Ask();
        await nurse.Answer(thread);
        var read = await maria.Get($"/api/v1/patients/me/threads/{thread}");
        var (mine, theirs) = (read.GetProperty("messages")[0], read.GetProperty("messages")[1]);
        mine.GetProperty("mine").GetBoolean().ShouldBeTrue();
        theirs.GetProperty("fromTeam").GetBoolean().ShouldBeTrue();
        theirs.Text("author").ShouldBe("Nadia Brooks, RN");
        theirs.Text("role").ShouldBe("Nurse");
        theirs.Text("sentAt").ShouldEndWith("-05:00");
        read.IsNull("answerBy").ShouldBeTrue();
    }

    [Fact]
    public async Task somebody_elses_thread_is_not_there_and_looks_like_one_that_never_was()
    {
        var (maria, aisha) = (await app.SignInAs("maria"), await app.SignInAs("aisha"));
        var theirs = await aisha.Ask();
        var (strange, absent) = (await maria.GetAsync($"/api/v1/patients/me/threads/{theirs}"), await maria.GetAsync($"/api/v1/patients/me/threads/{Guid.CreateVersion7()}"));
        var (a, b) = (await strange.Problem(HttpStatusCode.NotFound, "not_found"), await absent.Problem(HttpStatusCode.NotFound, "not_found"));
        a.Text("detail").ShouldBe(b.Text("detail"));
    }

    [Fact]
    public async Task another_patients_proxy_sees_nothing()
    {
        var (james, maria) = (await app.SignInAs("james"), await app.SignInAs("maria"));
        var thread = await maria.Ask();
        (await james.GetAsync($"/api/v1/patients/{await james.Child()}/threads/{thread}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await james.GetAsync($"/api/v1/patients/{await PortalApp.OwnChart(maria)}/threads/{thread}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
