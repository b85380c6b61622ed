using System.Globalization;
using System.Text;
using NodaTime;
using NodaTime.Extensions;

namespace PatientPortal.Scheduling.Domain;

/// <summary>
/// A visit as an iCalendar file (RFC 5545). It may end up in a calendar shared with colleagues or family, so the title
/// is neutral and nothing in it says what the visit is about.
/// </summary>
internal static class CalendarFile
{
    public const string ContentType = "text/calendar; charset=utf-8";

    /// <param name="uid">Stable for the life of the appointment, so that a later file moves the entry it made.</param>
    /// <param name="sequence">Rises with every change (3.8.7.4).</param>
    /// <param name="writtenAt">When this file was made.</param>
    public static string Write(
        Guid uid, int sequence, DateTimeOffset start, DateTimeOffset end, string zoneId,
        string title, string place, string note, bool cancelled, DateTimeOffset writtenAt)
    {
        var zone = Zones.Of(zoneId);
        var lines = new Lines();
        lines.Add("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Patient Portal//Scheduling//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH");
        AddZone(lines, zone, start.ToInstant(), end.ToInstant());
        lines.Add(
            "BEGIN:VEVENT",
            $"UID:{uid:D}",
            $"DTSTAMP:{Utc(writtenAt)}",
            $"SEQUENCE:{sequence.ToString(CultureInfo.InvariantCulture)}",
            $"DTSTART;TZID={zoneId}:{Local(start, zone)}",
            $"DTEND;TZID={zoneId}:{Local(end, zone)}",
            $"SUMMARY:{Escape(title)}",
            $"LOCATION:{Escape(place)}",
            $"DESCRIPTION:{Escape(note)}",
            cancelled ? "STATUS:CANCELLED" : "STATUS:CONFIRMED",
            "CLASS:PRIVATE",
            "TRANSP:OPAQUE",
            "END:VEVENT",
            "END:VCALENDAR");
        return lines.ToString();
    }

    /// <summary>3.6.5: the rules of the zone for as long as the visit may matter, one component for each change of the clock.</summary>
    static void AddZone(Lines lines, DateTimeZone zone, Instant start, Instant end)
    {
        lines.Add("BEGIN:VTIMEZONE", $"TZID:{zone.Id}");
        foreach (var interval in zone.GetZoneIntervals(start - Duration.FromDays(366), end + Duration.FromDays(366)))
        {
            var before = interval.HasStart ? zone.GetUtcOffset(interval.Start - Duration.Epsilon) : interval.WallOffset;
            var from = interval.HasStart ? interval.Start.WithOffset(before).LocalDateTime : new LocalDateTime(1970, 1, 1, 0, 0);
            var kind = interval.Savings == Offset.Zero ? "STANDARD" : "DAYLIGHT";
            lines.Add(
                $"BEGIN:{kind}",
                $"DTSTART:{Wall(from)}",
                $"TZOFFSETFROM:{OffsetText(before)}",
                $"TZOFFSETTO:{OffsetText(interval.WallOffset)}",
                $"TZNAME:{Escape(interval.Name)}",
                $"END:{kind}");
        }
        lines.Add("END:VTIMEZONE");
    }

    static string Local(DateTimeOffset at, DateTimeZone zone) => Wall(at.ToInstant().InZone(zone).LocalDateTime);

    static string Wall(LocalDateTime at) => at.ToString("uuuuMMdd'T'HHmmss", CultureInfo.InvariantCulture);

    static string Utc(DateTimeOffset at) => at.ToUniversalTime().ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    static string OffsetText(Offset offset)
    {
        var span = offset.ToTimeSpan();
        return (span < TimeSpan.Zero ? "-" : "+") + span.ToString(span.Seconds is 0 ? "hhmm" : "hhmmss", CultureInfo.InvariantCulture);
    }

    /// <summary>3.3.11: what a text value must not hold as it is.</summary>
    static string Escape(string text) => text
        .Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal)
        .Replace(",", "\\,", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal);

    /// <summary>3.1: lines end with CR LF and are folded at 75 octets, never inside a character.</summary>
    sealed class Lines
    {
        const int MostOctets = 75;
        readonly StringBuilder text = new();

        public void Add(params ReadOnlySpan<string> lines)
        {
            foreach (var line in lines)
            {
                var octets = 0;
                foreach (var rune in line.EnumerateRunes())
                {
                    if (octets + rune.Utf8SequenceLength > MostOctets)
                    {
                        text.Append("\r\n ");
                        octets = 1;
                    }
                    octets += rune.Utf8SequenceLength;
                    text.Append(rune.ToString());
                }
                text.Append("\r\n");
            }
        }

        public override string ToString() => text.ToString();
    }
}
