using PatientPortal.Scheduling.Domain;
using PatientPortal.Scheduling.Jobs.SendReminders;

namespace PatientPortal.Scheduling.Tests.Jobs;

public class SendRemindersTests
{
    static async Task<(PortalApp App, HttpClient Maria, JsonElement Visit)> WithVisit(string week = "2026-12-07")
    {
        var app = await PortalApp.New();
        var maria = await app.SignInAs("maria");
        return (app, maria, await maria.Booked((await maria.Slots(week))[3]));
    }

    static Task<List<ReminderState>> States(PortalApp app, JsonElement visit)
    {
        var id = Guid.Parse(visit.Text("id"));
        return app.Rows(db => db.Reminders.Where(r => r.AppointmentId == id).OrderBy(r => r.DueAt).Select(r => r.State).ToListAsync(Clinic.Ct));
    }

    static DateTimeOffset Start(JsonElement visit) => visit.GetProperty("start").GetDateTimeOffset();

    [Fact]
    public async Task R17_each_rung_is_announced_once_when_it_is_due_and_the_job_may_run_twice()
    {
        var (app, _, visit) = await WithVisit();
        await using var _app = app;
        app.Clock.Set(Start(visit).AddDays(-3));
        await app.RunJob("send-reminders");
        (await app.RunJob("send-reminders")).ShouldBe("No reminder was due.");
        (await States(app, visit)).ShouldBe([ReminderState.Announced, ReminderState.Planned]);
        app.Clock.Set(Start(visit).AddDays(-1));
        await app.RunJob("send-reminders");
        (await States(app, visit)).ShouldBe([ReminderState.Announced, ReminderState.Announced]);
    }

    [Fact]
    public async Task R17_many_runs_at_once_announce_each_reminder_once()
    {
        var (app, _, visit) = await WithVisit();
        await using var _app = app;
        app.Clock.Set(Start(visit).AddDays(-1));
        var planned = await app.Rows(db => db.Reminders.CountAsync(r => r.State == ReminderState.Planned && r.DueAt <= app.Clock.GetUtcNow(), Clinic.Ct));
        planned.ShouldBeGreaterThan(1);
        var said = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => app.Inside(async services =>
            await ActivatorUtilities.CreateInstance<SendReminders>(services).Run(Clinic.Ct))));
        var sent = said.Sum(s => s.Split(' ') is ["Sent", var n, ..] ? int.Parse(n, null) : 0);
        sent.ShouldBe(await app.Rows(db => db.Reminders.CountAsync(r => r.State == ReminderState.Announced, Clinic.Ct)));
    }

    [Fact]
    public async Task rungs_that_passed_while_nothing_ran_are_told_once()
    {
        var (app, _, visit) = await WithVisit();
        await using var _app = app;
        app.Clock.Set(Start(visit).AddDays(-1).AddMinutes(1));
        await app.RunJob("send-reminders");
        (await States(app, visit)).ShouldBe([ReminderState.Skipped, ReminderState.Announced]);
    }

    [Fact]
    public async Task R16_what_is_found_at_night_waits_for_the_morning()
    {
        var (app, _, visit) = await WithVisit();
        await using var _app = app;
        var night = Zones.StartOfDay(DateOnly.FromDateTime(Start(visit).DateTime).AddDays(-2), "America/New_York").AddHours(3);
        app.Clock.Set(night);
        await app.RunJob("send-reminders");
        (await States(app, visit)).ShouldBe([ReminderState.Planned, ReminderState.Planned]);
        app.Clock.Set(night.AddHours(6));
        await app.RunJob("send-reminders");
        (await States(app, visit)).ShouldBe([ReminderState.Announced, ReminderState.Planned]);
    }

    [Fact]
    public async Task a_cancelled_visit_is_not_remembered_and_a_past_one_neither()
    {
        var (app, maria, visit) = await WithVisit();
        await using var _app = app;
        var other = await maria.Booked((await maria.Slots("2026-12-14"))[3]);
        await maria.Cancel(visit.Text("id"));
        app.Clock.Set(Start(other).AddHours(1));
        await app.RunJob("send-reminders");
        (await States(app, visit)).ShouldBeEmpty();
        (await States(app, other)).ShouldBe([ReminderState.Skipped, ReminderState.Skipped]);
    }
}
