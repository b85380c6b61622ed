using PatientPortal.Identity.Data;
using PatientPortal.Ui;

namespace PatientPortal.Identity.ForMembers.ListDevices;

/// <summary>The browsers that one has signed in with, last used first, and which of them skip the code.</summary>
sealed record ListDevicesRequest(int? Limit, string? Cursor);

/// <param name="Name">"Firefox on Windows", or empty when the browser says nothing that the portal knows.</param>
/// <param name="RememberedUntil">Until when it skips the code of the second factor; null when it doesn't.</param>
/// <param name="Current">The one that asks.</param>
sealed record MyDevice(Guid Id, string Name, DateTimeOffset FirstUsedAt, DateTimeOffset LastUsedAt, DateTimeOffset? RememberedUntil, bool Current);

sealed class ListDevicesHandler(IdentityDb db, Devices devices, RequestScope scope, IConfiguration settings, TimeProvider clock) : IHandle<ListDevicesRequest, Page<MyDevice>>
{
    public async Task<Outcome<Page<MyDevice>>> Handle(ListDevicesRequest ask, CancellationToken ct)
    {
        var (take, now, zone) = (PageAsk.Of(ask.Limit).Take, clock.GetUtcNow(), Clinic.Of(settings).Zone);
        var mine = db.Devices.AsNoTracking().Where(d => d.AccountId == scope.Actor.AccountId);
        if (ask.Cursor is not null)
        {
            if (!Cursor.TryRead(ask.Cursor, out var at, out var id)) return Cursor.Bad;
            mine = mine.Where(d => d.LastUsedAt < at || (d.LastUsedAt == at && d.Id.CompareTo(id) < 0));
        }
        var found = await mine.OrderByDescending(d => d.LastUsedAt).ThenByDescending(d => d.Id).Take(take + 1).ToListAsync(ct);
        return new Page<MyDevice>(
            [.. found.Take(take).Select(d => new MyDevice(d.Id, d.Name, Zones.In(d.FirstUsedAt, zone), Zones.In(d.LastUsedAt, zone),
                d.RememberedUntil is { } until && until > now ? Zones.In(until, zone) : null, devices.IsCurrent(d)))],
            found.Count > take ? Cursor.Write(found[take - 1].LastUsedAt, found[take - 1].Id) : null);
    }
}

sealed class ListDevicesApi : IMemberApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/me/devices", async (int? limit, string? cursor, IHandle<ListDevicesRequest, Page<MyDevice>> list, CancellationToken ct) => (await list.Handle(new(limit, cursor), ct)).ToHttp())
           .WithName("ListDevices").Produces<Page<MyDevice>>().ProducesProblem(400);
}
