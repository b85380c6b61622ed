using PatientPortal.Kernel.Time;
using PatientPortal.Messaging.Domain;
using Shouldly;
using Xunit;

namespace PatientPortal.Messaging.Tests.Domain;

public sealed class BusinessHoursTests
{
    const string NewYork = "America/New_York";

    static BusinessHours Weekdays(string zone = NewYork, params DateOnly[] closed) => new(zone,
        Enum.GetValues<DayOfWeek>().Where(d => d is not (DayOfWeek.Saturday or DayOfWeek.Sunday)).ToDictionary(d => d, _ => new WorkingDay(new(8, 0), new(17, 0))),
        closed.ToHashSet());

    static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    [Theory]
    [InlineData("2026-11-23T09:00:00-05:00", 1, "2026-11-24T17:00:00-05:00")] // Monday morning: by Tuesday, 5 pm
    [InlineData("2026-11-23T17:00:00-05:00", 1, "2026-11-25T17:00:00-05:00")] // at closing time it counts as Tuesday's
    [InlineData("2026-11-23T16:59:59-05:00", 1, "2026-11-24T17:00:00-05:00")]
    [InlineData("2026-11-22T12:00:00-05:00", 1, "2026-11-24T17:00:00-05:00")] // Sunday counts as Monday
    [InlineData("2026-11-25T10:00:00-05:00", 1, "2026-11-27T17:00:00-05:00")] // over Thanksgiving
    [InlineData("2026-11-26T10:00:00-05:00", 2, "2026-12-01T17:00:00-05:00")] // on Thanksgiving, two days
    [InlineData("2026-12-24T10:00:00-05:00", 1, "2026-12-28T17:00:00-05:00")] // Christmas and a weekend
    [InlineData("2026-11-24T00:30:00+00:00", 1, "2026-11-25T17:00:00-05:00")] // Monday 7:30 pm in New York
    [InlineData("2026-03-06T10:00:00-05:00", 1, "2026-03-09T17:00:00-04:00")] // over the clock change of spring
    [InlineData("2026-10-30T10:00:00-04:00", 1, "2026-11-02T17:00:00-05:00")] // and of autumn
    public void a_promise_is_closing_time_of_a_business_day(string received, int days, string promised) =>
        Weekdays().PromiseFor(At(received), days).ShouldBe(At(promised));

    [Fact]
    public void a_team_in_chicago_promises_in_its_own_zone() =>
        Weekdays("America/Chicago").PromiseFor(At("2026-11-23T17:30:00-05:00"), 1).ShouldBe(At("2026-11-24T17:00:00-06:00"));

    [Fact]
    public void a_day_on_which_the_team_is_closed_is_no_business_day() =>
        Weekdays(NewYork, new DateOnly(2026, 11, 24)).PromiseFor(At("2026-11-23T09:00:00-05:00"), 1).ShouldBe(At("2026-11-25T17:00:00-05:00"));

    [Fact]
    public void a_team_is_open_in_its_hours_only()
    {
        Weekdays().IsOpen(At("2026-11-23T08:00:00-05:00")).ShouldBeTrue();
        Weekdays().IsOpen(At("2026-11-23T07:59:59-05:00")).ShouldBeFalse();
        Weekdays().IsOpen(At("2026-11-23T17:00:00-05:00")).ShouldBeFalse();
        Weekdays().IsOpen(At("2026-11-26T10:00:00-05:00")).ShouldBeFalse();
    }

    [Theory]
    [InlineData("2026-01-01"), InlineData("2026-01-19"), InlineData("2026-05-25"), InlineData("2026-06-19"), InlineData("2026-07-03")]
    [InlineData("2026-09-07"), InlineData("2026-11-26"), InlineData("2026-12-25"), InlineData("2027-12-31"), InlineData("2023-01-02")]
    public void holidays_are_kept_on_the_day_they_are_observed(string day) =>
        Holidays.IsHoliday(DateOnly.ParseExact(day, "yyyy-MM-dd")).ShouldBeTrue();

    [Theory]
    [InlineData("2026-07-04"), InlineData("2028-01-01"), InlineData("2026-11-19"), InlineData("2026-11-27")]
    public void other_days_are_not(string day) => Holidays.IsHoliday(DateOnly.ParseExact(day, "yyyy-MM-dd")).ShouldBeFalse();

    [Fact]
    public void a_promise_is_never_in_the_past_and_always_at_closing_time_of_a_business_day()
    {
        var hours = Weekdays();
        for (var at = At("2026-01-01T00:00:00Z"); at < At("2027-01-10T00:00:00Z"); at += TimeSpan.FromMinutes(97))
        {
            var promise = hours.PromiseFor(at, 1);
            promise.ShouldBeGreaterThan(at);
            var local = Kernel.Time.Zones.In(promise, NewYork);
            (local.Hour, local.Minute).ShouldBe((17, 0));
            hours.IsBusinessDay(DateOnly.FromDateTime(local.DateTime)).ShouldBeTrue();
        }
    }
}
