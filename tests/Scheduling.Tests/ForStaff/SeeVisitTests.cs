namespace PatientPortal.Scheduling.Tests.ForStaff;

public class SeeVisitTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task staff_see_the_visit_with_its_patient_and_the_patient_reads_who_looked()
    {
        var maria = await app.SignInAs("maria");
        var id = (await maria.Json($"{Clinic.Mine}?status=upcoming")).Items().First().Text("id");
        var desk = await app.SignInAs("frontdesk");
        var visit = await desk.Json($"/api/v1/staff/appointments/{id}");
        visit.GetProperty("patient").Text("id").ShouldBe((await PortalApp.OwnChart(maria)).ToString());
        (await maria.Json("/api/v1/patients/me/access-log")).Items().ShouldContain(row => row.ToString().Contains("Becker", StringComparison.Ordinal));
    }

    [Fact]
    public async Task a_visit_that_is_not_there_is_not_found() =>
        await (await (await app.SignInAs("frontdesk")).GetAsync($"/api/v1/staff/appointments/{Guid.Empty}", Clinic.Ct)).ShouldRefuse(HttpStatusCode.NotFound, "not_found");

    [Fact]
    public async Task a_patient_may_not_look()
    {
        var maria = await app.SignInAs("maria");
        var id = (await maria.Json(Clinic.Mine)).Items().First().Text("id");
        (await maria.GetAsync($"/api/v1/staff/appointments/{id}", Clinic.Ct)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task two_visits_at_one_time_that_came_with_two_charts_are_pointed_out_until_one_is_cancelled()
    {
        await using var own = await PortalApp.New();
        var (maria, james, desk) = (await own.SignInAs("maria"), await own.SignInAs("james"), await own.SignInAs("frontdesk"));
        var mine = await maria.Slots("2026-12-07");
        var theirs = await james.Slots("2026-12-07", provider: "Omar Reyes, NP");
        var (slot, same) = mine.SelectMany(m => theirs.Where(t => t.GetProperty("start").GetDateTimeOffset() == m.GetProperty("start").GetDateTimeOffset()).Select(t => (m, t))).First();
        var (one, other) = ((await maria.Booked(slot)).Text("id"), (await james.Booked(same)).Text("id"));
        (await desk.Json($"/api/v1/staff/appointments/{one}")).TryGetProperty("sameTimeAs", out _).ShouldBeFalse();
        // As when two charts are joined.
        await own.Database.Execute("UPDATE scheduling_appointments SET may_overlap = true, patient_id = @into WHERE id = @id", Clinic.Ct, ("into", await PortalApp.OwnChart(maria)), ("id", Guid.Parse(other)));

        (await desk.Json($"/api/v1/staff/appointments/{one}")).Text("sameTimeAs").ShouldBe(other);
        (await desk.Json($"/api/v1/staff/appointments/{other}")).Text("sameTimeAs").ShouldBe(one);
        (await desk.GetStringAsync($"/staff/schedule/{one}", Clinic.Ct)).ShouldContain($"/staff/schedule/{other}");
        (await maria.Json($"{Clinic.Mine}/{one}")).TryGetProperty("sameTimeAs", out _).ShouldBeFalse();

        (await desk.PostAsJsonAsync($"/api/v1/staff/appointments/{other}/cancel", new { reason = "Booked twice" }, Clinic.Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await desk.Json($"/api/v1/staff/appointments/{one}")).TryGetProperty("sameTimeAs", out _).ShouldBeFalse();
    }
}
