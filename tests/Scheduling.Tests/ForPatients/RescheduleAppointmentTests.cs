namespace PatientPortal.Scheduling.Tests.ForPatients;

public class RescheduleAppointmentTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task a_moved_visit_keeps_its_id_frees_the_old_time_and_plans_new_reminders()
    {
        var maria = await app.SignInAs("maria");
        var slots = await maria.Slots("2026-12-07");
        var booked = await maria.Booked(slots[0]);
        var later = (await maria.Slots("2026-12-14"))[3];

        var moved = await (await maria.Move(booked.Text("id"), later.Text("id"))).Json();

        (moved.Text("id"), moved.Text("start"), moved.Text("code")).ShouldBe((booked.Text("id"), later.Text("start"), booked.Text("code")));
        (await maria.Slots("2026-12-07")).ShouldContain(s => s.Text("id") == slots[0].Text("id"));
        var id = Guid.Parse(booked.Text("id"));
        var due = await app.Rows(db => db.Reminders.Where(r => r.AppointmentId == id).Select(r => r.DueAt).ToListAsync(Clinic.Ct));
        due.Count.ShouldBe(2);
        due.ShouldAllBe(d => d > later.GetProperty("start").GetDateTimeOffset().AddDays(-4));
    }

    [Fact]
    public async Task of_many_visits_moved_to_one_day_at_once_none_slips_past_the_limit()
    {
        await using var race = await PortalApp.New(settings: [("Scheduling:MostUpcomingVisits", "1000"), ("Scheduling:MostVisitsADay", "2")]);
        var maria = await race.SignInAs("maria");
        var visits = new List<JsonElement>();
        foreach (var day in (await maria.Slots("2027-02-01")).GroupBy(s => s.GetProperty("start").GetDateTimeOffset().Date).Take(3))
            foreach (var slot in day.Take(2)) visits.Add(await maria.Booked(slot));
        visits.Count.ShouldBe(6);
        var wanted = (await maria.Slots("2027-02-08")).GroupBy(s => s.GetProperty("start").GetDateTimeOffset().Date).First(d => d.Count() >= 6).Take(6);

        var answers = await Task.WhenAll(visits.Zip(wanted, (visit, slot) => maria.Move(visit.Text("id"), slot.Text("id"))));

        answers.Count(a => a.StatusCode is HttpStatusCode.OK).ShouldBe(2);
        foreach (var refused in answers.Where(a => a.StatusCode is not HttpStatusCode.OK))
            await refused.ShouldRefuse(HttpStatusCode.UnprocessableEntity, "too_many_visits_that_day");
    }

    [Fact]
    public async Task R12_when_the_new_time_is_taken_the_old_one_stands()
    {
        var maria = await app.SignInAs("maria");
        var slots = await maria.Slots("2026-12-21");
        var booked = await maria.Booked(slots[0]);
        var aisha = await app.SignInAs("aisha");
        await aisha.Booked(slots[1]);

        var answer = await maria.Move(booked.Text("id"), slots[1].Text("id"));

        await answer.ShouldRefuse(HttpStatusCode.Conflict, "slot_taken");
        (await answer.Json()).GetProperty("alternatives").GetArrayLength().ShouldBe(3);
        (await maria.Json($"{Clinic.Mine}/{booked.Text("id")}")).Text("start").ShouldBe(slots[0].Text("start"));
        var id = Guid.Parse(booked.Text("id"));
        (await app.Rows(db => db.Reminders.CountAsync(r => r.AppointmentId == id, Clinic.Ct))).ShouldBe(2);
    }

    [Fact]
    public async Task a_visit_may_move_to_a_time_that_overlaps_its_own_old_one()
    {
        var maria = await app.SignInAs("maria");
        var booked = await maria.Booked((await maria.Slots("2027-01-04", "Yearly physical"))[0]);
        var inside = (await maria.Slots("2027-01-04", provider: "Omar Reyes, NP")).First(s =>
            s.GetProperty("start").GetDateTimeOffset() >= booked.GetProperty("start").GetDateTimeOffset());
        (await maria.Move(booked.Text("id"), inside.Text("id"))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task the_calendar_file_of_a_moved_visit_has_the_same_uid_and_a_higher_sequence()
    {
        var maria = await app.SignInAs("maria");
        var booked = await maria.Booked((await maria.Slots("2027-01-11"))[0]);
        var before = await maria.GetStringAsync($"{Clinic.Mine}/{booked.Text("id")}.ics", Clinic.Ct);
        await maria.Move(booked.Text("id"), (await maria.Slots("2027-01-11"))[5].Text("id"));
        var after = await maria.GetStringAsync($"{Clinic.Mine}/{booked.Text("id")}.ics", Clinic.Ct);
        (before, after).ShouldSatisfyAllConditions(
            () => before.ShouldContain($"UID:{booked.Text("id")}"), () => after.ShouldContain($"UID:{booked.Text("id")}"),
            () => before.ShouldContain("SEQUENCE:0"), () => after.ShouldContain("SEQUENCE:1"));
    }

    [Fact]
    public async Task somebody_elses_visit_is_not_found()
    {
        var maria = await app.SignInAs("maria");
        var slots = await maria.Slots("2027-01-18");
        var booked = await maria.Booked(slots[0]);
        await (await (await app.SignInAs("aisha")).Move(booked.Text("id"), slots[4].Text("id"))).ShouldRefuse(HttpStatusCode.NotFound, "not_found");
    }
}
