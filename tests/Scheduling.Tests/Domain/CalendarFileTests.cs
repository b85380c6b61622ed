using System.Text;
using PatientPortal.Scheduling.Domain;

namespace PatientPortal.Scheduling.Tests.Domain;

public class CalendarFileTests
{
    static readonly Guid Uid = Guid.Parse("0198c0de-0000-7000-8000-000000000001");

    static string Write(string start, string zone = "America/New_York", string place = "Riverside Main, 210 River Street; 2nd floor", int sequence = 2) => CalendarFile.Write(
        Uid, sequence, A.At(start), A.At(start).AddMinutes(30), zone, "Appointment", place, "You find the details in your patient portal.", false, A.At("2026-11-22T12:00:00Z"));

    static string[] Unfolded(string text) => text.Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

    [Fact]
    public void it_names_the_local_time_its_zone_and_a_uid_that_stays()
    {
        var lines = Unfolded(Write("2026-11-26T09:00:00-05:00"));
        lines.ShouldContain("DTSTART;TZID=America/New_York:20261126T090000");
        lines.ShouldContain("DTEND;TZID=America/New_York:20261126T093000");
        lines.ShouldContain($"UID:{Uid:D}");
        lines.ShouldContain("SEQUENCE:2");
        lines.ShouldContain("DTSTAMP:20261122T120000Z");
        lines.ShouldContain("SUMMARY:Appointment");
        lines.ShouldContain(@"LOCATION:Riverside Main\, 210 River Street\; 2nd floor");
        (lines[0], lines[^1]).ShouldBe(("BEGIN:VCALENDAR", "END:VCALENDAR"));
    }

    [Fact]
    public void its_zone_has_both_changes_of_the_clock_around_the_visit()
    {
        var lines = Unfolded(Write("2026-11-26T09:00:00-05:00"));
        var autumn = Array.IndexOf(lines, "DTSTART:20261101T020000");
        lines[(autumn - 1)..(autumn + 4)].ShouldBe(["BEGIN:STANDARD", "DTSTART:20261101T020000", "TZOFFSETFROM:-0400", "TZOFFSETTO:-0500", "TZNAME:EST"]);
        var spring = Array.IndexOf(lines, "DTSTART:20270314T020000");
        lines[(spring - 1)..(spring + 4)].ShouldBe(["BEGIN:DAYLIGHT", "DTSTART:20270314T020000", "TZOFFSETFROM:-0500", "TZOFFSETTO:-0400", "TZNAME:EDT"]);
    }

    [Fact]
    public void a_zone_that_never_changes_has_one_component() =>
        Unfolded(Write("2026-11-26T09:00:00-07:00", "America/Phoenix")).Count(l => l.StartsWith("TZOFFSETTO:", StringComparison.Ordinal)).ShouldBe(1);

    [Fact]
    public void no_line_is_longer_than_75_octets_and_no_character_is_cut()
    {
        var text = Write("2026-11-26T09:00:00-05:00", place: string.Concat(Enumerable.Repeat("Clínica Ñandú 🏥 ", 20)));
        text.Split("\r\n").ShouldAllBe(l => Encoding.UTF8.GetByteCount(l) <= 75);
        Unfolded(text).ShouldContain(l => l.StartsWith("LOCATION:Clínica Ñandú 🏥 Clínica", StringComparison.Ordinal));
        text.Replace("\r\n", "", StringComparison.Ordinal).ShouldNotContain('\n');
    }
}
