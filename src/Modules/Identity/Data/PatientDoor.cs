using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Data;

/// <summary>
/// Opens charts through grants, read at each request: one's own, one cared for (within the grant's dates, and while that patient lives), or any to
/// staff who may see patients.
/// </summary>
sealed class PatientDoor(PortalDatabase database, TimeProvider clock) : IPatientDoor
{
    const string One = """
        SELECT p.id, p.name, p.time_zone, g.relation, g.scopes
        FROM identity_patients p
        LEFT JOIN identity_grants g ON g.patient_id = p.id AND g.account_id = @account AND g.revoked_at IS NULL
             AND g.starts_at <= @now AND (g.ends_at IS NULL OR g.ends_at > @now) AND NOT p.is_deceased
        WHERE p.id = @patient
        """;

    const string All = """
        SELECT p.id, p.name, g.relation, g.scopes
        FROM identity_patients p
        LEFT JOIN identity_grants g ON g.patient_id = p.id AND g.account_id = @account AND g.revoked_at IS NULL
             AND g.starts_at <= @now AND (g.ends_at IS NULL OR g.ends_at > @now) AND NOT p.is_deceased
        WHERE p.id = @own OR p.id IN (SELECT patient_id FROM identity_grants WHERE account_id = @account)
        ORDER BY p.name
        """;

    public async ValueTask<CurrentPatient?> Open(Actor actor, Guid patientId, CancellationToken ct)
    {
        if (actor.Kind is not (ActorKind.Patient or ActorKind.Staff)) return null;
        await using var connection = await database.Open(ct);
        await using var command = connection.Command(One, ("account", actor.AccountId), ("now", Instants.Write(clock.GetUtcNow())), ("patient", patientId));
        await using var row = await command.ExecuteReaderAsync(ct);
        if (!await row.ReadAsync(ct)) return null;
        var (name, zone) = (row.GetString(1), row.GetString(2));

        if (actor.Kind is ActorKind.Staff)
            return actor.Permissions.Contains("patients") ? new(patientId, name, "staff", CurrentPatient.Everything, zone, $"/staff/patients/{patientId}") : null;
        if (actor.OwnPatientId == patientId) return new(patientId, name, "self", CurrentPatient.Everything, zone, "");
        return row.IsDBNull(3) ? null
            : new(patientId, name, row.GetString(3), Grant.Read(row.GetString(4)).ToHashSet(), zone, $"/for/{patientId}");
    }

    public async ValueTask<IReadOnlyList<Profile>> ProfilesOf(Actor actor, CancellationToken ct)
    {
        if (actor.Kind is not ActorKind.Patient) return [];
        await using var connection = await database.Open(ct);
        await using var command = connection.Command(All, ("account", actor.AccountId), ("now", Instants.Write(clock.GetUtcNow())), ("own", actor.OwnPatientId ?? Guid.Empty));
        await using var rows = await command.ExecuteReaderAsync(ct);
        var found = new List<Profile>();
        while (await rows.ReadAsync(ct))
        {
            var id = rows.GetGuid(0);
            if (id == actor.OwnPatientId) found.Insert(0, new(id, rows.GetString(1), "self", ["*"], ""));
            else if (!rows.IsDBNull(2) && found.All(f => f.Id != id)) found.Add(new(id, rows.GetString(1), rows.GetString(2), Grant.Read(rows.GetString(3)), $"/for/{id}"));
        }
        return found;
    }
}
