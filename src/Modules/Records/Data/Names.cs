using System.Text.Json;
using PatientPortal.Records.Domain;
using PatientPortal.Records.Domain.Fhir;

namespace PatientPortal.Records.Data;

/// <summary>
/// The names of those whom resources only refer to. Who is not stored yet is remembered with the resource that waits for the name, and
/// when they arrive, in another batch, or years later, that resource's lines are made again.
/// </summary>
sealed class Names(RecordsDb db, string source)
{
    static readonly string[] Types = [.. Naming.Types];

    readonly Dictionary<Named, string?> known = [];

    /// <summary>Learns whom these resources refer to, with one query for all of them.</summary>
    public async Task Learn(IEnumerable<JsonElement> resources, CancellationToken ct)
    {
        var asked = resources.SelectMany(r => Naming.Missing(r)).Where(n => !known.ContainsKey(n)).Distinct().ToList();
        foreach (var some in asked.Chunk(ChartWriter.Chunk))
        {
            var ids = some.Select(n => n.Id).Distinct().ToList();
            var rows = await db.Resources.AsNoTracking()
                .Where(r => r.Source == source && r.PatientId == null && Types.Contains(r.Type) && ids.Contains(r.SourceId))
                .Select(r => new { r.Type, r.SourceId, r.Json }).ToListAsync(ct);
            var names = new Dictionary<Named, string?>();
            foreach (var row in rows)
            {
                using var document = JsonDocument.Parse(row.Json);
                names[new(row.Type, row.SourceId)] = names[new(null, row.SourceId)] = Naming.NameOf(document.RootElement);
            }
            foreach (var who in some) known[who] = names.GetValueOrDefault(who);
        }
    }

    /// <summary>The resource with the names put in; the same one when there is none to put in.</summary>
    public JsonDocument? Fill(JsonElement resource) =>
        Naming.Missing(resource).Any(n => known.GetValueOrDefault(n) is not null) ? Naming.Filled(resource, n => known.GetValueOrDefault(n)) : null;

    /// <summary>Remembers that this resource waits for names.</summary>
    public async Task Await(IReadOnlyList<Arrived> changed, CancellationToken ct)
    {
        var wanted = changed.SelectMany(a => Naming.Missing(a.Root).Where(n => known.GetValueOrDefault(n) is null).Select(n => (n.Id, a.RowId))).Distinct().ToList();
        if (wanted.Count is 0) return;
        var rows = wanted.Select(w => w.RowId).Distinct().ToList();
        var had = new HashSet<(string, Guid)>();
        foreach (var some in rows.Chunk(ChartWriter.Chunk))
            foreach (var row in await db.AwaitedNames.AsNoTracking().Where(a => a.Source == source && some.Contains(a.ResourceId)).ToListAsync(ct)) had.Add((row.SourceId, row.ResourceId));
        foreach (var (id, resource) in wanted)
            if (had.Add((id, resource))) db.Add(new AwaitedName { Source = source, SourceId = id, ResourceId = resource });
    }

    /// <summary>The resources that waited for one of these, by chart; they wait no more.</summary>
    public async Task<ILookup<Guid, StoredResource>> Waiting(IReadOnlyList<string> arrived, CancellationToken ct)
    {
        var waited = new List<AwaitedName>();
        foreach (var some in arrived.Chunk(ChartWriter.Chunk)) waited.AddRange(await db.AwaitedNames.Where(a => a.Source == source && some.Contains(a.SourceId)).ToListAsync(ct));
        db.RemoveRange(waited);
        var rows = new List<StoredResource>();
        foreach (var some in waited.Select(w => w.ResourceId).Distinct().Chunk(ChartWriter.Chunk))
            rows.AddRange(await db.Resources.AsNoTracking().Where(r => some.Contains(r.Id) && r.PatientId != null).ToListAsync(ct));
        return rows.ToLookup(r => r.PatientId!.Value);
    }
}
