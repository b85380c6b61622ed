using System.Text.Json;
using PatientPortal.Records.Domain;
using PatientPortal.Records.Domain.Results;

namespace PatientPortal.Records.Data;

static class Trends
{
    const int Most = 500;

    /// <summary>The values of one analyte that the patient may see, newest first. One that two reports name counts once.</summary>
    public static async Task<IReadOnlyList<TrendValue>> PointsOf(this RecordsDb db, Guid patientId, string code, DateTimeOffset from, DateTimeOffset until, DateTimeOffset now, CancellationToken ct)
    {
        var rows = await db.Measurements.AsNoTracking()
            .Where(m => m.PatientId == patientId && m.Code == code && m.Shown && m.At >= from && m.At < until && !db.Results.Any(r => r.Id == m.OwnerId && r.HeldUntil > now))
            .OrderByDescending(m => m.At).ThenBy(m => m.OwnerId).Take(Most).Select(m => m.Point).ToListAsync(ct);
        return [.. rows.Select(json => JsonSerializer.Deserialize(json, RecordsJson.Relaxed.TrendValue)!).DistinctBy(p => (p.At, p.Text, p.Unit))];
    }
}
