using PatientPortal.Pharmacy.Data;
using PatientPortal.Pharmacy.Domain;

namespace PatientPortal.Pharmacy.ForPatients.ListRefills;

/// <summary>The patient's requests, the newest first, each with its way so far.</summary>
[Does(Act.Read, "refill requests", "Looked at the refill requests", Needs = "medications")]
sealed record ListRefillsRequest(PageAsk Page);

sealed class ListRefillsHandler(PharmacyDb db, CurrentPatient me) : IHandle<ListRefillsRequest, Page<RefillEntry>>
{
    public async Task<Outcome<Page<RefillEntry>>> Handle(ListRefillsRequest ask, CancellationToken ct)
    {
        var refills = db.Refills.AsNoTracking().Include(r => r.Steps).Where(r => r.PatientId == me.Id);
        if (ask.Page.Cursor is { } cursor)
        {
            if (!Cursor.TryRead(cursor, out var at, out var id)) return Cursor.Bad;
            refills = refills.Where(r => r.AskedAt < at || (r.AskedAt == at && r.Id < id));
        }
        var found = await refills.OrderByDescending(r => r.AskedAt).ThenByDescending(r => r.Id).Take(ask.Page.Take + 1).ToListAsync(ct);
        var names = await db.PharmacyNames(found, ct);
        var items = found.Take(ask.Page.Take).Select(r => RefillEntry.Of(r, r.PharmacyId is { } p ? names.GetValueOrDefault(p) : null, me.TimeZone)).ToList();
        return new Page<RefillEntry>(items, found.Count > items.Count ? Cursor.Write(items[^1].AskedAt, items[^1].Id) : null);
    }
}

sealed class ListRefillsApi : IPatientApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/refill-requests", async ([AsParameters] PageAsk page, IHandle<ListRefillsRequest, Page<RefillEntry>> list, CancellationToken ct) =>
                (await list.Handle(new(page), ct)).ToHttp())
           .WithName("ListRefills").Produces<Page<RefillEntry>>();
}
