namespace PatientPortal.Identity.Data;

/// <summary>Charts that were joined into another, where both are read as one.</summary>
static class JoinedCharts
{
    /// <summary>Which charts were joined into this one.</summary>
    public static Task<List<Guid>> JoinedInto(this IdentityDb db, Guid patient, CancellationToken ct) => db.Patients.Where(p => p.MergedIntoId == patient).Select(p => p.Id).ToListAsync(ct);

    /// <summary>Whether a chart is this one, or was joined into it.</summary>
    public static async Task<bool> IsOf(this IdentityDb db, Guid patient, Guid? chart, CancellationToken ct) =>
        chart == patient || chart is { } other && await db.Patients.AnyAsync(p => p.Id == other && p.MergedIntoId == patient, ct);

    /// <summary>What is asked about one chart is asked about all that are that person's; the number of any of them serves.</summary>
    public static async Task<AuditQuery> WithJoined(this IdentityDb db, AuditQuery query, CancellationToken ct)
    {
        if (query.PatientId is not { } asked) return query;
        var stays = await db.Patients.Where(p => p.Id == asked).Select(p => p.MergedIntoId).SingleOrDefaultAsync(ct) ?? asked;
        return query with { PatientId = stays, Joined = await db.JoinedInto(stays, ct) };
    }
}
