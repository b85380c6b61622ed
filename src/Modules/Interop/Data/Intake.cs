using System.Security.Cryptography;
using PatientPortal.Interop.Domain;
using PatientPortal.Interop.Domain.Bundles;

namespace PatientPortal.Interop.Data;

/// <summary>What came in.</summary>
/// <param name="Content">The bytes as they arrived.</param>
/// <param name="Source">The sending system's name.</param>
internal sealed record Incoming(byte[] Content, string Source, string? FileName, Guid ByAccount, string ByName);

/// <summary>
/// Stores what arrived and sets the modules to work. Large arrivals are stored over several short transactions; only the last
/// announces, so a crash before it leaves nothing behind but bytes that the tidying job removes.
/// </summary>
internal sealed class Intake(InteropDb db, Batches batches, TimeProvider clock)
{
    int rows;

    /// <param name="incoming">What arrived.</param>
    /// <param name="answer">The handler's answer, remembered for its idempotency key in the last transaction.</param>
    /// <param name="ct">Cancels storing.</param>
    public async Task<Outcome<T>> Take<T>(Incoming incoming, Func<Guid, T> answer, CancellationToken ct)
    {
        var reading = BundleReader.Read(incoming.Content);
        var now = clock.GetUtcNow();
        var arrival = new Arrival
        {
            Id = Ids.New(clock), Source = incoming.Source, ReceivedAt = now, MovedAt = now, ByAccount = incoming.ByAccount, ByName = incoming.ByName,
            FileName = incoming.FileName, Bytes = incoming.Content.Length, Sha256 = SHA256.HashData(incoming.Content), Resources = reading.Entries.Count,
        };
        db.Arrivals.Add(arrival);
        if (reading.Problem is { } problem)
        {
            (arrival.State, arrival.EndedAt, arrival.ProblemCode, arrival.Problem) = (ArrivalState.Failed, now, problem.Code, problem.Detail);
            await db.Save(ct);
            return new Refusal(Verdict.Invalid, problem.Code, problem.Detail);
        }

        await FindOutsiders(reading.Entries, incoming.Source, ct);
        await FindMedications(reading.Entries, incoming.Source, ct);
        await Store(arrival, incoming.Content, reading.Entries, ct);

        var id = arrival.Id;
        var given = answer(id);
        var saved = await db.InTransaction(async () =>
        {
            await db.Save(ct);
            // Closed meanwhile by the tidying job: stored too slowly to be believed.
            if (await db.Arrivals.Where(a => a.Id == id && a.State == ArrivalState.Receiving).ExecuteUpdateAsync(set => set.SetProperty(a => a.State, ArrivalState.Working), ct) == 0) return Saved.Stale;
            await batches.GoOn(id, incoming.Content, ct);
            return await db.TrySave(given, ct);
        }, ct);
        return saved is Saved.Done ? given : Outcome.Conflict("import_in_progress", "The same request is being answered right now.");
    }

    /// <summary>Patients who are not in the bundle, but came from this source before.</summary>
    async Task FindOutsiders(IReadOnlyList<Entry> entries, string source, CancellationToken ct)
    {
        var outsiders = entries.Where(e => e is { IsQuarantined: false, PatientReference: not null, PatientIsHere: false }).ToList();
        foreach (var some in outsiders.Select(e => e.PatientReference!).Distinct().Chunk(500))
        {
            var known = await db.KnownPatients.Where(p => p.Source == source && some.Contains(p.Reference)).Select(p => p.Reference).ToListAsync(ct);
            var unknown = some.Except(known).ToHashSet();
            foreach (var entry in outsiders.Where(e => unknown.Contains(e.PatientReference!)))
                entry.Quarantine(entry.PatientElement!, "It points to a patient who is not in this bundle and never came from this source. Import the Patient first.");
        }
    }

    /// <summary>A Medication goes to the owner it had when it came before; one that a prescription names now is remembered.</summary>
    async Task FindMedications(IReadOnlyList<Entry> entries, string source, CancellationToken ct)
    {
        foreach (var some in entries.Where(e => e is { IsQuarantined: false, Type: "Medication" }).Chunk(500))
        {
            var ids = some.Select(e => e.Id!).ToList();
            var known = (await db.PrescribedMedications.Where(m => m.Source == source && ids.Contains(m.ResourceId)).Select(m => m.ResourceId).ToListAsync(ct)).ToHashSet();
            foreach (var entry in some)
                if (known.Contains(entry.Id!)) entry.Owner = "pharmacy";
                else if (entry.Owner is "pharmacy") db.PrescribedMedications.Add(new() { Source = source, ResourceId = entry.Id! });
        }
    }

    async Task Store(Arrival arrival, byte[] content, IReadOnlyList<Entry> entries, CancellationToken ct)
    {
        for (var at = 0; at < content.Length; at += InteropLimits.PartBytes)
        {
            var piece = content.AsSpan(at, Math.Min(InteropLimits.PartBytes, content.Length - at)).ToArray();
            db.ArrivalParts.Add(new() { ArrivalId = arrival.Id, Number = at / InteropLimits.PartBytes, Content = piece });
            // A piece weighs as much as many rows.
            await Count(InteropLimits.RowsPerSave / 16, ct);
        }
        var fresh = entries.Where(e => e is { IsPatient: true, IsQuarantined: false }).Select(e => e.Reference).ToHashSet();
        foreach (var entry in entries)
        {
            db.ArrivedItems.Add(new()
            {
                ArrivalId = arrival.Id, Position = entry.Position, Type = entry.Type, ResourceId = entry.Id, Reference = entry.Reference, Owner = entry.Owner,
                PatientReference = entry.IsPatient ? entry.Reference : entry.PatientReference, PatientElement = entry.PatientElement, Start = entry.Start, Length = entry.Length,
                Outcome = entry.IsQuarantined ? ItemOutcome.Quarantined : entry.PatientReference is { } whose && fresh.Contains(whose) ? ItemOutcome.Held : ItemOutcome.Waiting,
                Element = entry.Element, Reason = entry.Reason,
            });
            await Count(1, ct);
        }
    }

    async Task Count(int weight, CancellationToken ct)
    {
        rows += weight;
        if (rows < InteropLimits.RowsPerSave) return;
        await db.Save(ct);
        db.ChangeTracker.Clear();
        rows = 0;
    }
}
