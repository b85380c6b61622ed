using PatientPortal.Pharmacy.Data;
using PatientPortal.Pharmacy.Domain;

namespace PatientPortal.Pharmacy.ForStaff.ListRefillQueue;

/// <summary>The staff's queue of refill requests, the oldest first; of those that are decided, the newest first.</summary>
/// <param name="Status">"open" (requested or in review) when not said; "requested", "in_review", "approved", "ready", "denied" or "all".</param>
[Does(Act.Read, "refill requests", "Looked at the refill requests", Needs = "refills")]
sealed record ListRefillQueueRequest(string? Status, PageAsk Page);

/// <param name="Late">True when the promised day has passed.</param>
sealed record QueuedRefill(
    Guid Id, Guid Patient, string PatientName, DateOnly? BirthDate, string Name, string Kind, string Status, DateTimeOffset AskedAt, string AskedBy,
    string? Note, string? Pharmacy, string? InReviewBy, DateOnly? ExpectedOn, bool Late, int Version);

/// <summary>One page of the queue; everybody in it gets a row in their audit trail.</summary>
sealed record RefillQueue(IReadOnlyList<QueuedRefill> Items, string? Next) : IAboutPatients
{
    IEnumerable<Guid> IAboutPatients.PatientIds => Items.Select(i => i.Patient);

    object IAboutPatients.Without(IReadOnlySet<Guid> closed) =>
        this with { Items = [.. Items.Select(i => closed.Contains(i.Patient) ? i with { Name = "Protected chart", Note = null, Pharmacy = null } : i)] };
}

sealed class ListRefillQueueHandler(PharmacyDb db, CurrentStaff staff, TimeProvider clock) : IHandle<ListRefillQueueRequest, RefillQueue>
{
    public async Task<Outcome<RefillQueue>> Handle(ListRefillQueueRequest ask, CancellationToken ct)
    {
        if (States(ask.Status ?? "open") is not { } states) return Outcome.Invalid("status", "Choose open, requested, in_review, approved, ready, denied or all.");
        var oldestFirst = states.Any(s => s is RefillState.Requested or RefillState.InReview or RefillState.Approved) && states.Length < 5;
        var refills = db.Refills.AsNoTracking().Include(r => r.Steps).Where(r => states.Contains(r.State));
        if (ask.Page.Cursor is { } cursor)
        {
            if (!Cursor.TryRead(cursor, out var at, out var id)) return Cursor.Bad;
            refills = oldestFirst
                ? refills.Where(r => r.AskedAt > at || (r.AskedAt == at && r.Id > id))
                : refills.Where(r => r.AskedAt < at || (r.AskedAt == at && r.Id < id));
        }
        var ordered = oldestFirst ? refills.OrderBy(r => r.AskedAt).ThenBy(r => r.Id) : refills.OrderByDescending(r => r.AskedAt).ThenByDescending(r => r.Id);
        var found = await ordered.Take(ask.Page.Take + 1).ToListAsync(ct);
        var pharmacies = await db.PharmacyNames(found, ct);
        var ids = found.Select(r => r.PatientId).Distinct().ToArray();
        var patients = await db.KnownPatients.AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, ct);
        var items = found.Take(ask.Page.Take).Select(r => Row(r, patients.GetValueOrDefault(r.PatientId), r.PharmacyId is { } p ? pharmacies.GetValueOrDefault(p) : null)).ToList();
        return new RefillQueue(items, found.Count > items.Count ? Cursor.Write(items[^1].AskedAt, items[^1].Id) : null);
    }

    QueuedRefill Row(Refill refill, KnownPatient? patient, string? pharmacy)
    {
        var zone = patient?.TimeZone ?? "UTC";
        var entry = RefillEntry.Of(refill, pharmacy, zone);
        var reviewer = entry.Steps.LastOrDefault(s => s.Status is "in_review") is { } step ? step.By == staff.Name ? "you" : step.By : null;
        return new(refill.Id, refill.PatientId, patient?.Name ?? "Unknown patient", patient?.BirthDate, entry.Name, entry.Kind, entry.Status, entry.AskedAt, entry.AskedBy,
            entry.Note, pharmacy, reviewer, entry.ExpectedOn, entry.ExpectedOn < Zones.Date(clock.GetUtcNow(), zone), refill.Version);
    }

    static RefillState[]? States(string status) => status switch
    {
        "open" => [RefillState.Requested, RefillState.InReview],
        "requested" => [RefillState.Requested],
        "in_review" => [RefillState.InReview],
        "approved" => [RefillState.Approved],
        "ready" => [RefillState.Ready],
        "denied" => [RefillState.Denied],
        "all" => Enum.GetValues<RefillState>(),
        _ => null,
    };
}

sealed class ListRefillQueueApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/refill-requests", async (string? status, [AsParameters] PageAsk page, IHandle<ListRefillQueueRequest, RefillQueue> list, CancellationToken ct) =>
                (await list.Handle(new(status, page), ct)).ToHttp())
           .WithName("ListRefillQueue").Produces<RefillQueue>();
}
