using PatientPortal.Scheduling.Domain;

namespace PatientPortal.Scheduling.Tests.Domain;

public class ReminderTests
{
    static readonly SchedulingLimits Limits = new();

    static IEnumerable<string> Plan(string start, string now) =>
        Reminder.Plan(A.At(start), "America/New_York", A.At(now), Limits).Select(d => Zones.In(d, "America/New_York").ToString("MM-dd HH:mm", null));

    [Fact]
    public void a_visit_is_remembered_three_days_and_one_day_before() =>
        Plan("2026-11-26T10:30:00-05:00", "2026-11-01T12:00:00-05:00").ShouldBe(["11-23 10:30", "11-25 10:30"]);

    [Fact]
    public void R16_nobody_is_reminded_before_nine_or_after_six()
    {
        Plan("2026-11-26T08:00:00-05:00", "2026-11-01T12:00:00-05:00").ShouldBe(["11-23 09:00", "11-25 09:00"]);
        Plan("2026-11-26T19:30:00-05:00", "2026-11-01T12:00:00-05:00").ShouldBe(["11-23 17:00", "11-25 17:00"]);
    }

    [Fact]
    public void R17_a_visit_booked_late_gets_only_the_rungs_that_are_still_ahead()
    {
        Plan("2026-11-26T10:30:00-05:00", "2026-11-24T12:00:00-05:00").ShouldBe(["11-25 10:30"]);
        Plan("2026-11-26T10:30:00-05:00", "2026-11-26T08:00:00-05:00").ShouldBeEmpty();
    }

    [Fact]
    public void the_wall_clock_time_is_kept_over_a_change_of_the_clock() =>
        Plan("2026-11-02T10:00:00-05:00", "2026-10-01T12:00:00-04:00").ShouldBe(["10-30 10:00", "11-01 10:00"]);

    [Theory]
    [InlineData("2026-11-22T03:00:00-05:00", "2026-11-22T09:00:00-05:00")]
    [InlineData("2026-11-22T12:00:00-05:00", "2026-11-22T12:00:00-05:00")]
    [InlineData("2026-11-22T18:00:00-05:00", "2026-11-23T09:00:00-05:00")]
    public void what_is_found_due_at_night_waits_for_the_morning(string now, string speaksAt) =>
        Reminder.NextQuietFree(A.At(now), "America/New_York", Limits).ToUniversalTime().ShouldBe(A.At(speaksAt).ToUniversalTime());
}
