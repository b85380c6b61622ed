using System.Globalization;
using System.Text.RegularExpressions;

namespace PatientPortal.Scheduling.Domain;

/// <summary>One end of a stretch of time as a client gives it: an instant with its offset, or a calendar date.</summary>
internal readonly partial record struct Edge(DateTimeOffset? Instant, DateOnly? Date)
{
    /// <summary>True for nothing given, too; false for what is neither an instant with an offset nor a date.</summary>
    public static bool TryRead(string? text, out Edge? edge)
    {
        edge = null;
        if (string.IsNullOrWhiteSpace(text)) return true;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            edge = new(null, date);
            return true;
        }
        // In a query string a plus sign that was not escaped arrives as a blank.
        text = text.Trim().Replace(' ', '+');
        if (!WithOffset().IsMatch(text) || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)) return false;
        edge = new(instant, null);
        return true;
    }

    /// <summary>Its first instant there: a date begins at midnight of the zone, never of the server.</summary>
    public DateTimeOffset StartIn(string zone) => Instant ?? Zones.StartOfDay(Date!.Value, zone);

    /// <summary>The instant it ends at there: a date includes its whole day.</summary>
    public DateTimeOffset EndIn(string zone) => Instant ?? Zones.EndOfDay(Date!.Value, zone);

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d.*(Z|[+-]\d\d:\d\d)$")]
    private static partial Regex WithOffset();
}
