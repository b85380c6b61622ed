using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Messaging.Tests.ForPatients;

public sealed class ReadUnreadTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task the_home_page_counts_what_this_reader_has_not_opened()
    {
        var (aisha, nurse) = (await app.SignInAs("aisha"), await app.SignInAs("nurse"));
        async Task<int> Unread() => (await aisha.Get("/api/v1/patients/me/home")).GetProperty("messages").GetProperty("count").GetInt32();
        var before = await Unread();
        // What another test asked stands at the moment at which the clock stands: this one is to be the newest.
        app.Clock.Advance(TimeSpan.FromSeconds(1));
        var thread = await aisha.Ask(subject: "For the home page");
        await nurse.Answer(thread);

        (await Unread()).ShouldBe(before + 1);
        (await aisha.Get("/api/v1/patients/me/home")).GetProperty("messages").GetProperty("latest")[0].Text("subject").ShouldBe("For the home page");
        await aisha.Get($"/api/v1/patients/me/threads/{thread}");
        (await Unread()).ShouldBe(before);
    }

    [Fact]
    public async Task what_waits_for_the_team_is_counted_too()
    {
        var james = await app.SignInAs("james");
        async Task<int> Waiting() => (await james.Get("/api/v1/patients/me/home")).GetProperty("messages").GetProperty("waiting").GetInt32();
        var before = await Waiting();
        await james.Ask();
        (await Waiting()).ShouldBe(before + 1);
    }

    [Fact]
    public async Task another_patients_news_is_not_counted()
    {
        var (maria, aisha, nurse) = (await app.SignInAs("maria"), await app.SignInAs("aisha"), await app.SignInAs("nurse"));
        async Task<int> Unread() => (await maria.Get("/api/v1/patients/me/home")).GetProperty("messages").GetProperty("count").GetInt32();
        var before = await Unread();
        await nurse.Answer(await aisha.Ask());
        (await Unread()).ShouldBe(before);
    }
}
