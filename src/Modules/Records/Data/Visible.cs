using PatientPortal.Records.Domain;

namespace PatientPortal.Records.Data;

/// <summary>What the patient may see: said once, used by every query of every surface.</summary>
static class Visible
{
    public static IQueryable<Result> SeenBy(this IQueryable<Result> results, Guid patientId, DateTimeOffset now) =>
        results.Where(r => r.PatientId == patientId && r.Shown && (r.HeldUntil == null || r.HeldUntil <= now));
}
