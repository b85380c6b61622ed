using System.Net;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Messaging.Tests.ForStaff;

public sealed class OpenThreadTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task it_shows_who_wrote_for_whom_and_who_has_read_it()
    {
        var (james, nurse, lee) = (await app.SignInAs("james"), await app.SignInAs("nurse"), await app.SignInAs("drlee"));
        var thread = await james.Ask("Does she need the form?", whom: (await james.Child()).ToString());

        var opened = await nurse.Get($"/api/v1/staff/threads/{thread}");
        opened.GetProperty("patient").Text("name").ShouldBe("Emma Carter");
        var message = opened.GetProperty("messages")[0];
        message.Text("from").ShouldBe("proxy");
        message.Text("author").ShouldBe("James Carter");

        // R56: what a covering colleague has read is not read by the doctor.
        var seen = (await lee.Get($"/api/v1/staff/threads/{thread}")).GetProperty("messages")[0].GetProperty("readBy").EnumerateArray().Select(r => r.Text("name")).ToList();
        seen.ShouldBe(["Nadia Brooks, RN"]);
    }

    [Fact]
    public async Task the_patient_sees_that_it_was_opened()
    {
        var (aisha, lee) = (await app.SignInAs("aisha"), await app.SignInAs("drlee"));
        await lee.Get($"/api/v1/staff/threads/{await aisha.Ask()}");
        (await aisha.Get("/api/v1/patients/me/access-log?limit=100")).GetRawText().ShouldContain("Dr. Hannah Lee");
    }

    [Fact]
    public async Task one_that_is_not_there_is_not_found()
    {
        var nurse = await app.SignInAs("nurse");
        await (await nurse.GetAsync($"/api/v1/staff/threads/{Guid.CreateVersion7()}")).Problem(HttpStatusCode.NotFound, "not_found");
        (await nurse.GetAsync("/api/v1/staff/threads/not-an-id")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }
}
