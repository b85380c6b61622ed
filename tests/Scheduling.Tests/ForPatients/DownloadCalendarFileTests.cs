namespace PatientPortal.Scheduling.Tests.ForPatients;

public class DownloadCalendarFileTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task the_file_names_time_and_place_and_nothing_about_health()
    {
        var maria = await app.SignInAs("maria");
        var booked = await maria.Booked((await maria.Slots("2026-12-07"))[0], "Hidden words");
        using var answer = await maria.GetAsync($"{Clinic.Mine}/{booked.Text("id")}.ics", Clinic.Ct);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/calendar");
        var text = await answer.Content.ReadAsStringAsync(Clinic.Ct);
        text.ShouldContain("SUMMARY:Appointment");
        text.ShouldContain($"DTSTART;TZID=America/New_York:{booked.GetProperty("start").GetDateTimeOffset():yyyyMMdd'T'HHmmss}");
        text.ShouldNotContain("Hidden");
        text.ShouldNotContain("Follow-up");
        text.ShouldNotContain("Lee");
    }

    [Fact]
    public async Task a_cancelled_visit_says_so_in_the_file()
    {
        var maria = await app.SignInAs("maria");
        var booked = await maria.Booked((await maria.Slots("2026-12-14"))[0]);
        await maria.Cancel(booked.Text("id"));
        (await maria.GetStringAsync($"{Clinic.Mine}/{booked.Text("id")}.ics", Clinic.Ct)).ShouldContain("STATUS:CANCELLED");
    }

    [Fact]
    public async Task somebody_elses_file_is_not_found()
    {
        var id = (await (await app.SignInAs("maria")).Json(Clinic.Mine)).Items().First().Text("id");
        var answer = await (await app.SignInAs("aisha")).GetAsync($"{Clinic.Mine}/{id}.ics", Clinic.Ct);
        await answer.ShouldRefuse(HttpStatusCode.NotFound, "not_found");
    }
}
