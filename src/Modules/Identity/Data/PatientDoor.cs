using System.Data.Common;
using System.Globalization;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Data;

/// <summary>
/// Opens charts through grants, read at each request in one query: one's own, one cared for (within the grant's dates, and as far as
/// <see cref="ProxyPolicy"/> goes on the patient's own date today), or any that is not closed to them to staff who may see
/// patients (<see cref="StaffDoor"/>).
/// </summary>
sealed class PatientDoor(PortalDatabase database, StaffDoor charts, IConfiguration settings, TimeProvider clock) : IPatientDoor
{
    public ValueTask<IReadOnlyDictionary<Guid, Protection>> ClosedTo(Actor staff, IReadOnlyCollection<Guid> patients, CancellationToken ct) => charts.ClosedTo(staff, patients, ct);

    public ValueTask<Guid?> JoinedInto(Actor staff, Guid patient, CancellationToken ct) => charts.JoinedInto(staff, patient, ct);

    readonly string jurisdiction = AgeTiers.JurisdictionOf(settings);

    // The tiers are read only for grants that age narrows.
    const string Columns = """
        p.id, p.name, p.time_zone, g.relation, g.scopes, g.basis, p.birth_date, p.is_deceased, p.conflict_at,
        CASE WHEN g.basis IN ('ParentalResponsibility', 'Guardianship') THEN
            (SELECT string_agg(t.from_age || '|' || t.parent_scopes, ';') FROM identity_age_tiers t WHERE t.jurisdiction = @jurisdiction) END
        """;

    const string Live = "g.account_id = @account AND g.revoked_at IS NULL AND g.starts_at <= @now AND (g.ends_at IS NULL OR g.ends_at > @now) AND g.rests_since IS NULL";

    const string One = $"""
        SELECT {Columns}
        FROM identity_patients p LEFT JOIN identity_grants g ON g.patient_id = p.id AND {Live}
        WHERE p.id = @patient AND p.merged_into_id IS NULL
        """;

    const string All = $"""
        SELECT {Columns}
        FROM identity_patients p LEFT JOIN identity_grants g ON g.patient_id = p.id AND {Live}
        WHERE (p.id = @own OR p.id IN (SELECT patient_id FROM identity_grants WHERE account_id = @account)) AND p.merged_into_id IS NULL
        ORDER BY p.name
        """;

    const string AsProxy = $"""
        SELECT {Columns}
        FROM identity_patients p JOIN identity_grants g ON g.patient_id = p.id
        WHERE p.id = @patient AND p.merged_into_id IS NULL AND g.id = @grant AND g.revoked_at IS NULL AND g.starts_at <= @now AND (g.ends_at IS NULL OR g.ends_at > @now) AND g.rests_since IS NULL
        """;

    public async ValueTask<CurrentPatient?> Open(Actor actor, Guid patientId, CancellationToken ct)
    {
        if (actor.Kind is ActorKind.Staff) return await charts.Open(actor, patientId, ct);
        if (actor.Kind is not ActorKind.Patient) return null;
        await using var connection = await database.Open(ct);
        await using var command = connection.Command(One,
            ("account", actor.AccountId), ("now", Instants.Write(clock.GetUtcNow())), ("patient", patientId), ("jurisdiction", jurisdiction));
        await using var row = await command.ExecuteReaderAsync(ct);
        if (!await row.ReadAsync(ct)) return null;
        var (name, zone, deceased) = (row.GetString(1), row.GetString(2), row.GetBoolean(7));

        if (actor.OwnPatientId == patientId) return new(patientId, name, "self", CurrentPatient.Everything, zone, "") { IsDeceased = deceased };
        return OpenNow(row) is { Count: > 0 } scopes
            ? new(patientId, name, row.GetString(3), scopes.ToHashSet(), zone, $"/for/{patientId}") { IsDeceased = deceased } : null;
    }

    public async ValueTask<CurrentPatient?> OpenAs(Actor actor, Guid grant, CancellationToken ct)
    {
        if (actor is not { Kind: ActorKind.Patient, OwnPatientId: { } own }) return null;
        await using var connection = await database.Open(ct);
        await using var command = connection.Command(AsProxy,
            ("patient", own), ("grant", grant), ("now", Instants.Write(clock.GetUtcNow())), ("jurisdiction", jurisdiction));
        await using var row = await command.ExecuteReaderAsync(ct);
        if (!await row.ReadAsync(ct)) return null;
        return new(own, row.GetString(1), row.GetString(3), OpenNow(row).ToHashSet(), row.GetString(2), $"/as/{grant}") { IsPreview = true, IsDeceased = row.GetBoolean(7) };
    }

    public async ValueTask<IReadOnlyList<Profile>> ProfilesOf(Actor actor, CancellationToken ct)
    {
        if (actor.Kind is not ActorKind.Patient) return [];
        await using var connection = await database.Open(ct);
        await using var command = connection.Command(All,
            ("account", actor.AccountId), ("now", Instants.Write(clock.GetUtcNow())), ("own", actor.OwnPatientId ?? Guid.Empty), ("jurisdiction", jurisdiction));
        await using var rows = await command.ExecuteReaderAsync(ct);
        var found = new List<Profile>();
        while (await rows.ReadAsync(ct))
        {
            var id = rows.GetGuid(0);
            if (id == actor.OwnPatientId) found.Insert(0, new(id, rows.GetString(1), "self", ["*"], ""));
            else if (OpenNow(rows) is { Count: > 0 } scopes) found.Add(new(id, rows.GetString(1), rows.GetString(3), scopes, $"/for/{id}"));
        }
        return found;
    }

    /// <summary>What the row's grant opens now; nothing when it has none.</summary>
    IReadOnlyList<string> OpenNow(DbDataReader row)
    {
        if (row.IsDBNull(4)) return [];
        var birth = row.GetFieldValue<DateOnly>(6);
        return ProxyPolicy.Opens(
            Enum.Parse<LegalBasis>(row.GetString(5)), row.GetString(4), row.GetBoolean(7), !row.IsDBNull(8),
            Ages.On(birth, Zones.Date(clock.GetUtcNow(), row.GetString(2))), row.IsDBNull(9) ? [] : Tiers(row.GetString(9)));
    }

    List<AgeTier> Tiers(string text) =>
    [
        .. from tier in text.Split(';')
           let parts = tier.Split('|')
           select new AgeTier { Id = Guid.Empty, Jurisdiction = jurisdiction, FromAge = int.Parse(parts[0], CultureInfo.InvariantCulture), ParentScopes = parts[1], OwnAccount = false },
    ];
}
