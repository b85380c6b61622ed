using System.Text.Json;
using PatientPortal.Interop.Contracts;
using PatientPortal.Pharmacy.Domain;

namespace PatientPortal.Pharmacy.Data;

/// <summary>
/// Takes resources of one source into the store and projects them. Asking for the same twice changes nothing, and no order of arrival
/// gives another list: what refers to each other is joined when it is read.
/// </summary>
sealed class Intake
{
    readonly PharmacyDb db;
    readonly string source;
    readonly Guid? patient;
    readonly DateTimeOffset now;
    readonly Dictionary<(string Type, string Id), StoredResource> stored;

    Intake(PharmacyDb db, string source, Guid? patient, DateTimeOffset now, Dictionary<(string, string), StoredResource> stored) =>
        (this.db, this.source, this.patient, this.now, this.stored) = (db, source, patient, now, stored);

    public static async Task<Intake> Open(PharmacyDb db, string source, Guid? patient, IReadOnlyList<ArrivedResource> resources, DateTimeOffset now, CancellationToken ct)
    {
        var stored = new Dictionary<(string, string), StoredResource>();
        // In parts: an engine takes only so many parameters.
        foreach (var ids in resources.Select(r => r.Id).Distinct().Chunk(500))
            foreach (var resource in await db.Resources.Where(r => r.Source == source && ids.Contains(r.SourceId)).ToListAsync(ct))
                stored[(resource.Type, resource.SourceId)] = resource;
        return new(db, source, patient, now, stored);
    }

    public async Task<TakenResource> Take(ArrivedResource arrived, CancellationToken ct)
    {
        try
        {
            return new(arrived.Type, arrived.Id, await Place(arrived, ct), null, null);
        }
        catch (ElementFault fault)
        {
            return new(arrived.Type, arrived.Id, "quarantined", fault.Element, Sentence(fault.Reason));
        }
    }

    async Task<string> Place(ArrivedResource arrived, CancellationToken ct)
    {
        if (!MedicationReader.Types.Contains(arrived.Type)) throw new ElementFault("resourceType", "is not one that the pharmacy keeps");
        var before = stored.GetValueOrDefault((arrived.Type, arrived.Id));
        if (before is not null && before.Json.AsSpan().SequenceEqual(arrived.Json)) return "unchanged";

        using var document = MedicationReader.Open(arrived.Type, arrived.Id, arrived.Json);
        var updated = MedicationReader.LastUpdated(document, arrived.Type);
        if (before is not null)
        {
            if (before.PatientId != patient && arrived.Type is not "Medication") throw new ElementFault($"{arrived.Type}.subject", "belongs to another chart than before");
            if (updated < before.LastUpdated) throw new ElementFault($"{arrived.Type}.meta.lastUpdated", "is older than the version that is stored");
        }
        var id = before?.Id ?? Ids.Of($"{source}|{arrived.Type}|{arrived.Id}");
        await Project(arrived, id, document, before is not null, ct);

        if (before is null)
        {
            before = new StoredResource { Id = id, PatientId = patient, Source = source, Type = arrived.Type, SourceId = arrived.Id, Json = arrived.Json };
            stored[(arrived.Type, arrived.Id)] = before;
            db.Add(before);
        }
        var isNew = db.Entry(before).State is EntityState.Added && before.ArrivedAt == default;
        (before.Json, before.LastUpdated, before.ArrivedAt) = (arrived.Json, updated, now);
        return isNew ? "created" : "updated";
    }

    async Task Project(ArrivedResource arrived, Guid id, JsonDocument document, bool exists, CancellationToken ct)
    {
        switch (arrived.Type)
        {
            case "MedicationRequest" or "MedicationStatement":
                var facts = arrived.Type is "MedicationRequest" ? MedicationReader.Prescription(document) : MedicationReader.Statement(document);
                var medication = exists ? await db.Medications.FindAsync([id], ct) : null;
                medication ??= db.Add(new Medication { Id = id, PatientId = Owner(arrived), Source = source, SourceId = arrived.Id }).Entity;
                medication.Take(facts);
                break;
            case "MedicationDispense":
                var given = MedicationReader.Fill(document);
                var fill = exists ? await db.Fills.FindAsync([id], ct) : null;
                fill ??= db.Add(new Fill { Id = id, PatientId = Owner(arrived), Source = source, SourceId = arrived.Id }).Entity;
                fill.Take(given);
                break;
            default:
                var name = MedicationReader.Substance(document);
                var substance = exists ? await db.Substances.FindAsync([id], ct) : null;
                if (substance is null) db.Add(new Substance { Id = id, Source = source, SourceId = arrived.Id, Name = name });
                else substance.Name = name;
                break;
        }
    }

    Guid Owner(ArrivedResource arrived) => patient ?? throw new ElementFault($"{arrived.Type}.subject", "names no patient who is known here");

    static string Sentence(string reason) => $"The element {reason}.";
}
