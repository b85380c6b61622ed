using System.Data.Common;
using System.Globalization;

namespace PatientPortal.Identity.Data;

/// <summary>
/// Opens charts to staff who may see patients, and says which are closed to whom: one's own always; a relative's, a colleague's and those that the privacy
/// officer protects until the glass is broken. One query, which also reads the patient.
/// </summary>
sealed class StaffDoor(PortalDatabase database, TimeProvider clock)
{
    // A chart's protection holds for the one it was joined into.
    const string Charts = "(SELECT p.id UNION ALL SELECT j.id FROM identity_patients j WHERE j.merged_into_id = p.id)";

    // The first that applies: what can't be opened at all stands before what can.
    const string Select = $"""
        SELECT p.id, p.name, p.time_zone,
            CASE WHEN EXISTS (SELECT 1 FROM identity_staff_members m WHERE m.chart_id IN {Charts} AND m.id = @account) THEN 'own'
                 WHEN EXISTS (SELECT 1 FROM identity_chart_ties t WHERE t.patient_id IN {Charts} AND t.staff_id = @account) THEN 'relative'
                 WHEN EXISTS (SELECT 1 FROM identity_staff_members m WHERE m.chart_id IN {Charts}) THEN 'colleague'
                 WHEN EXISTS (SELECT 1 FROM identity_protected_charts c WHERE c.patient_id IN {Charts}) THEN 'protected' END,
            (SELECT MAX(g.ends_at) FROM identity_broken_glasses g WHERE g.staff_id = @account AND g.patient_id = p.id AND g.ends_at > @now),
            (SELECT g.reason FROM identity_broken_glasses g WHERE g.staff_id = @account AND g.patient_id = p.id AND g.ends_at > @now ORDER BY g.ends_at DESC LIMIT 1),
            (SELECT a.id FROM identity_accounts a WHERE a.patient_id = p.id), p.is_deceased
        FROM identity_patients p
        """;

    public async ValueTask<CurrentPatient?> Open(Actor staff, Guid patient, CancellationToken ct)
    {
        if (!staff.Permissions.Contains("patients")) return null;
        await using var connection = await database.Open(ct);
        await using var command = connection.Command(Select + " WHERE p.id = @patient AND p.merged_into_id IS NULL", ("account", staff.AccountId), ("now", Instants.Write(clock.GetUtcNow())), ("patient", patient));
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct)
            ? new(patient, row.GetString(1), "staff", CurrentPatient.Everything, row.GetString(2), $"/staff/patients/{patient}") { Protection = ProtectionOf(row, staff), OwnAccountId = row.IsDBNull(6) ? null : row.GetGuid(6), IsDeceased = row.GetBoolean(7) }
            : null;
    }

    public async ValueTask<Guid?> JoinedInto(Actor staff, Guid patient, CancellationToken ct)
    {
        if (!staff.Permissions.Contains("patients")) return null;
        await using var connection = await database.Open(ct);
        await using var command = connection.Command("SELECT merged_into_id FROM identity_patients WHERE id = @patient AND merged_into_id IS NOT NULL", ("patient", patient));
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? row.GetGuid(0) : null;
    }

    public async ValueTask<IReadOnlyDictionary<Guid, Protection>> ClosedTo(Actor staff, IReadOnlyCollection<Guid> patients, CancellationToken ct)
    {
        var closed = new Dictionary<Guid, Protection>();
        if (patients.Count == 0) return closed;
        var names = Enumerable.Range(0, patients.Count).Select(n => "p" + n.ToString(CultureInfo.InvariantCulture)).ToList();
        await using var connection = await database.Open(ct);
        await using var command = connection.Command($"{Select} WHERE p.id IN ({string.Join(", ", names.Select(n => "@" + n))})",
            [("account", staff.AccountId), ("now", Instants.Write(clock.GetUtcNow())), .. names.Zip(patients, (n, p) => (n, (object?)p))]);
        await using var rows = await command.ExecuteReaderAsync(ct);
        while (await rows.ReadAsync(ct))
            if (ProtectionOf(rows, staff) is { IsOpen: false } protection) closed[rows.GetGuid(0)] = protection;
        return closed;
    }

    static Protection? ProtectionOf(DbDataReader row, Actor staff)
    {
        if (row.IsDBNull(3)) return null;
        var flag = row.GetString(3);
        // Whoever lost the right to break the glass, or turned out to be the patient, has lost what they opened by it.
        return flag is "own" || row.IsDBNull(4) || !staff.Permissions.Contains("break-glass") ? new(flag)
            : new(flag, Instants.Read(row.GetInt64(4)), row.GetString(5).ToLowerInvariant());
    }
}
