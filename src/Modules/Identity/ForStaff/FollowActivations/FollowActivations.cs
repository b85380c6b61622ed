using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForStaff.FollowActivations;

/// <summary>Who was given an activation code and how that stands, the newest first.</summary>
/// <param name="State">"waiting" (when left out), "expired", "tried-too-often", "used" or "revoked".</param>
[Does(Act.Read, "activation code", "Saw this patient in the list of activation codes", Needs = "patients")]
sealed record FollowActivationsRequest(string? State, int? Limit, string? Cursor);

sealed record Activations(IReadOnlyList<Activation> Items, string? Next) : IAboutPatients
{
    IEnumerable<Guid> IAboutPatients.PatientIds => Items.Select(i => i.PatientId).Distinct();
}

/// <param name="State">"issued", "opened", "used", "expired", "revoked", "replaced" or "tried-too-often".</param>
sealed record Activation(Guid Id, Guid PatientId, string Patient, string ChartNumber, ActivationState State, DateTimeOffset IssuedAt, string IssuedBy, DateTimeOffset ExpiresAt);

sealed class FollowActivationsHandler(IdentityDb db, CurrentStaff staff, IConfiguration settings, TimeProvider clock) : IHandle<FollowActivationsRequest, Activations>
{
    public async Task<Outcome<Activations>> Handle(FollowActivationsRequest ask, CancellationToken ct)
    {
        if (!staff.May("patients")) return Outcome.NotFound;
        var (now, zone, take, most) = (clock.GetUtcNow(), Ui.Clinic.Of(settings).Zone, PageAsk.Of(ask.Limit).Take, IdentityLimits.ActivationTries);
        var all = db.ActivationCodes.AsNoTracking();
        var codes = ask.State switch
        {
            null or "" or "waiting" => all.Where(c => c.UsedAt == null && c.RevokedAt == null && c.Tries < most && c.ExpiresAt > now),
            "expired" => all.Where(c => c.UsedAt == null && c.RevokedAt == null && c.Tries < most && c.ExpiresAt <= now),
            "tried-too-often" => all.Where(c => c.UsedAt == null && c.RevokedAt == null && c.Tries >= most),
            "used" => all.Where(c => c.UsedAt != null),
            "revoked" => all.Where(c => c.UsedAt == null && c.RevokedAt != null),
            _ => null,
        };
        if (codes is null) return Outcome.Invalid("state", "Choose waiting, expired, tried-too-often, used or revoked.");
        if (ask.Cursor is not null)
        {
            if (!Guid.TryParseExact(ask.Cursor, "N", out var before)) return Cursor.Bad;
            // Ids grow with time.
            codes = codes.Where(c => c.Id < before);
        }
        var rows = await (
            from c in codes
            join p in db.Patients on c.PatientId equals p.Id
            join m in db.StaffMembers on c.IssuedBy equals m.Id into people
            from m in people.DefaultIfEmpty()
            orderby c.Id descending
            select new { Code = c, p.Name, p.ChartNumber, By = m == null ? null : m.Name }).Take(take + 1).ToListAsync(ct);
        return new Activations(
            [.. rows.Take(take).Select(r => new Activation(r.Code.Id, r.Code.PatientId, r.Name, r.ChartNumber, r.Code.StateAt(now), Zones.In(r.Code.IssuedAt, zone), r.By ?? "Somebody", Zones.In(r.Code.ExpiresAt, zone)))],
            rows.Count > take ? rows[take - 1].Code.Id.ToString("N") : null);
    }
}

sealed class FollowActivationsApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/activation-codes", async (string? state, int? limit, string? cursor, IHandle<FollowActivationsRequest, Activations> list, CancellationToken ct) =>
                (await list.Handle(new(state, limit, cursor), ct)).ToHttp())
           .WithName("FollowActivations").Produces<Activations>().ProducesProblem(400).ProducesProblem(403);
}
