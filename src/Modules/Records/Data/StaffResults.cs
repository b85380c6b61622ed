using System.Text.Json;

namespace PatientPortal.Records.Data;

/// <summary>Results as staff see them: all of them, with what the patient sees of each.</summary>
static class StaffResults
{
    public static async Task<Outcome<ReadyList>> ListAll(
        this RecordsDb db, Guid patientId, DateTimeOffset now, DateTimeOffset? from, DateTimeOffset? until, PageAsk page, CancellationToken ct)
    {
        var (before, id) = (until ?? Ends.Last, Guid.Empty);
        if (page.Cursor is not null && !Cursor.TryRead(page.Cursor, out before, out id)) return Cursor.Bad;
        var first = from ?? Ends.First;
        var rows = await db.Results.AsNoTracking()
            .Where(r => r.PatientId == patientId && r.Effective >= first && (r.Effective < before || (r.Effective == before && r.Id.CompareTo(id) < 0)))
            .OrderByDescending(r => r.Effective).ThenByDescending(r => r.Id).Take(page.Take + 1)
            .Select(r => new { r.Id, r.Effective, r.Shown, r.HeldUntil, r.SeenAt, r.Sheet }).ToListAsync(ct);
        var next = rows.Count > page.Take ? Cursor.Write(rows[page.Take - 1].Effective, rows[page.Take - 1].Id) : null;
        return new ReadyList([.. rows.Take(page.Take).Select(r => Ready.With(State(r.Shown, r.HeldUntil, r.SeenAt, now), r.Sheet))], next);
    }

    /// <summary>"released", "held" or "unfinished", until when, and whether the patient has read it, as members to put in front.</summary>
    public static byte[] State(bool shown, DateTimeOffset? heldUntil, DateTimeOffset? seenAt, DateTimeOffset now)
    {
        var state = !shown ? "unfinished" : heldUntil > now ? "held" : "released";
        return System.Text.Encoding.UTF8.GetBytes(
            $"\"release\":\"{state}\",{(heldUntil > now ? $"\"heldUntil\":{JsonSerializer.Serialize(heldUntil)}," : "")}{(seenAt is null ? "" : $"\"seenAt\":{JsonSerializer.Serialize(seenAt)},")}");
    }
}
