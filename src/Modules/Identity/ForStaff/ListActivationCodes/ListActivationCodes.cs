using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForStaff.ListActivationCodes;

/// <summary>The activation codes that this patient was given, the newest first, and what became of each. None of them can be read again.</summary>
[Does(Act.Read, "activation code", "Looked at the activation codes of this patient", Needs = "patients")]
sealed record ListActivationCodesRequest(int? Limit, string? Cursor);

sealed record PatientsCodes(IReadOnlyList<PatientsCode> Items, string? Next);

/// <param name="State">"issued", "opened", "used", "expired", "revoked", "replaced" or "tried-too-often".</param>
/// <param name="Open">It still works, and can be revoked.</param>
sealed record PatientsCode(
    Guid Id, ActivationState State, DateTimeOffset IssuedAt, string IssuedBy, DateTimeOffset ExpiresAt, DateTimeOffset? OpenedAt, DateTimeOffset? UsedAt, DateTimeOffset? RevokedAt, bool Open);

sealed class ListActivationCodesHandler(IdentityDb db, CurrentPatient patient, CurrentStaff staff, IConfiguration settings, TimeProvider clock) : IHandle<ListActivationCodesRequest, PatientsCodes>
{
    public async Task<Outcome<PatientsCodes>> Handle(ListActivationCodesRequest ask, CancellationToken ct)
    {
        if (!staff.May("patients")) return Outcome.NotFound;
        var codes = db.ActivationCodes.AsNoTracking().Where(c => c.PatientId == patient.Id);
        if (ask.Cursor is not null)
        {
            if (!Guid.TryParseExact(ask.Cursor, "N", out var before)) return Cursor.Bad;
            // Ids grow with time.
            codes = codes.Where(c => c.Id < before);
        }
        var (now, zone, take) = (clock.GetUtcNow(), Ui.Clinic.Of(settings).Zone, PageAsk.Of(ask.Limit).Take);
        var rows = await (
            from c in codes
            join m in db.StaffMembers on c.IssuedBy equals m.Id into people
            from m in people.DefaultIfEmpty()
            orderby c.Id descending
            select new { Code = c, By = m == null ? null : m.Name }).Take(take + 1).ToListAsync(ct);
        return new PatientsCodes(
            [.. rows.Take(take).Select(r => new PatientsCode(r.Code.Id, r.Code.StateAt(now), Zones.In(r.Code.IssuedAt, zone), r.By ?? "Somebody", Zones.In(r.Code.ExpiresAt, zone),
                In(r.Code.OpenedAt, zone), In(r.Code.UsedAt, zone), In(r.Code.RevokedAt, zone), r.Code.IsOpen(now)))],
            rows.Count > take ? rows[take - 1].Code.Id.ToString("N") : null);
    }

    static DateTimeOffset? In(DateTimeOffset? at, string zone) => at is { } moment ? Zones.In(moment, zone) : null;
}

/// <summary>The code stops working. One that somebody used is not revoked: then there is an account.</summary>
[Does(Act.Delete, "activation code", "Revoked an activation code", Needs = "patients")]
sealed record RevokeActivationCodeRequest(Guid Code);

sealed class RevokeActivationCodeHandler(IdentityDb db, CurrentPatient patient, CurrentStaff staff, TimeProvider clock) : IHandle<RevokeActivationCodeRequest, Done>
{
    public async Task<Outcome<Done>> Handle(RevokeActivationCodeRequest ask, CancellationToken ct)
    {
        if (!staff.May("patients") || !await db.ActivationCodes.AnyAsync(c => c.Id == ask.Code && c.PatientId == patient.Id, ct)) return Outcome.NotFound;
        var now = clock.GetUtcNow();
        // Of the patient who uses it and the desk that revokes it at once, the first wins.
        await db.InTransaction(() => db.ActivationCodes.Where(c => c.Id == ask.Code && c.UsedAt == null && c.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.RevokedAt, now), ct), ct);
        return await db.ActivationCodes.AnyAsync(c => c.Id == ask.Code && c.UsedAt != null, ct)
            ? Outcome.Conflict("code_used", "The code was used: this patient has an account now.") : default(Done);
    }
}

sealed class ListActivationCodesApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/patients/{patient}/activation-codes", async (int? limit, string? cursor, IHandle<ListActivationCodesRequest, PatientsCodes> list, CancellationToken ct) =>
                (await list.Handle(new(limit, cursor), ct)).ToHttp())
           .WithName("ListActivationCodes").Produces<PatientsCodes>().ProducesProblem(400).ProducesProblem(404);
        api.MapPost("/patients/{patient}/activation-codes/{code:guid}/revoke", async (Guid code, IHandle<RevokeActivationCodeRequest, Done> revoke, CancellationToken ct) =>
                (await revoke.Handle(new(code), ct)).ToHttp(_ => Results.NoContent()))
           .WithName("RevokeActivationCode").Produces(204).ProducesProblem(404).ProducesProblem(409);
    }
}
