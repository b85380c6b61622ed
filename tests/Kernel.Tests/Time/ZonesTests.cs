using System.Globalization;
using PatientPortal.Kernel.Requests;
using PatientPortal.Kernel.Time;
using Shouldly;
using Xunit;

namespace PatientPortal.Kernel.Tests.Time;

public sealed class ZonesTests
{
    const string NewYork = "America/New_York";
    static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");

    [Fact]
    public void nine_oclock_stays_nine_oclock_through_both_changes()
    {
        Zones.ToInstant(new(2026, 3, 7), new(9, 0), NewYork)!.Value.UtcDateTime.Hour.ShouldBe(14);
        Zones.ToInstant(new(2026, 3, 9), new(9, 0), NewYork)!.Value.UtcDateTime.Hour.ShouldBe(13);
        Zones.ToInstant(new(2026, 11, 2), new(9, 0), NewYork)!.Value.UtcDateTime.Hour.ShouldBe(14);
    }

    [Fact]
    public void the_hour_that_spring_skips_is_no_time_and_the_one_that_autumn_repeats_is_its_first()
    {
        Zones.ToInstant(new(2026, 3, 8), new(2, 30), NewYork).ShouldBeNull();
        Zones.ToInstant(new(2026, 11, 1), new(1, 30), NewYork)!.Value.Offset.ShouldBe(TimeSpan.FromHours(-4));
    }

    [Theory]
    [InlineData(NewYork)]
    [InlineData("Asia/Tokyo")]
    public void the_calendars_first_and_last_day_have_ends_too(string zone)
    {
        Zones.StartOfDay(DateOnly.MinValue, zone).Year.ShouldBe(1);
        Zones.EndOfDay(DateOnly.MaxValue, zone).Year.ShouldBe(9999);
        Zones.EndOfDay(new(2026, 11, 1), NewYork).ShouldBe(Zones.StartOfDay(new(2026, 11, 2), NewYork));
    }

    [Fact]
    public void a_moment_is_said_with_weekday_and_zone()
    {
        var at = new DateTimeOffset(2026, 11, 26, 14, 0, 0, TimeSpan.Zero);
        Say.Moment(at, NewYork, English).ShouldBe("Thursday, November 26, 2026 at 9:00 am EST");
        Say.Time(at, "America/Chicago", English).ShouldBe("8:00 am CST");
        Say.Date(at, NewYork, CultureInfo.GetCultureInfo("es-US")).ShouldBe("jueves 26 de noviembre de 2026");
    }

    [Fact]
    public void a_cursor_comes_back_and_a_forged_one_is_no_cursor()
    {
        var (at, id) = (new DateTimeOffset(2026, 11, 26, 14, 0, 0, TimeSpan.Zero).AddMicroseconds(7), Guid.CreateVersion7());
        Cursor.TryRead(Cursor.Write(at, id), out var readAt, out var readId).ShouldBeTrue();
        (readAt, readId).ShouldBe((at, id));
        foreach (var bad in new[] { null, "", "x", "' OR 1=1 --", new string('A', 31) + "!" }) Cursor.TryRead(bad, out _, out _).ShouldBeFalse(bad);
    }
}
