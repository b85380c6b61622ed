using PatientPortal.Identity.Contracts;
using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForStaff.ListRecoveries;

/// <summary>The recoveries of lost second factors, the newest first, and how each stands; those of staff only for who manages accounts.</summary>
[Does(Act.Read, "account recovery", "Saw this account in the list of recoveries", Needs = "recover")]
sealed record ListRecoveriesRequest(int? Limit, string? Cursor);

sealed record RecoveryLines(IReadOnlyList<RecoveryLine> Items, string? Next) : IAboutPatients
{
    IEnumerable<Guid> IAboutPatients.PatientIds => Items.Select(i => i.PatientId).OfType<Guid>();

    object IAboutPatients.Without(IReadOnlySet<Guid> closed) => this with { Items = [.. Items.Where(i => i.PatientId is not { } id || !closed.Contains(id))] };
}

/// <param name="Shown">What was checked, in words.</param>
sealed record RecoveryLine(
    Guid Id, Guid Account, Guid? PatientId, string Name, string Kind, RecoveryState State, bool InPerson, IReadOnlyList<string> Shown, string? Note, string OpenedBy, DateTimeOffset OpenedAt, DateTimeOffset DueAt, DateTimeOffset ExpiresAt);

sealed class ListRecoveriesHandler(IdentityDb db, CurrentStaff staff, IConfiguration settings, TimeProvider clock) : IHandle<ListRecoveriesRequest, RecoveryLines>
{
    public async Task<Outcome<RecoveryLines>> Handle(ListRecoveriesRequest ask, CancellationToken ct)
    {
        var (take, now, zone, all) = (PageAsk.Of(ask.Limit).Take, clock.GetUtcNow(), PatientPortal.Ui.Clinic.Of(settings).Zone, staff.May("accounts"));
        var cases = db.RecoveryCases.AsNoTracking();
        if (ask.Cursor is not null)
        {
            if (!Cursor.TryRead(ask.Cursor, out var at, out var id)) return Cursor.Bad;
            cases = cases.Where(c => c.OpenedAt < at || (c.OpenedAt == at && c.Id < id));
        }
        var rows = await (
            from c in cases
            join a in db.Accounts on c.AccountId equals a.Id
            where all || a.Kind == AccountKind.Patient
            orderby c.OpenedAt descending, c.Id descending
            select new { Case = c, a.Name, a.Kind, a.PatientId }).Take(take + 1).ToListAsync(ct);
        return new RecoveryLines(
            [.. rows.Take(take).Select(r => new RecoveryLine(r.Case.Id, r.Case.AccountId, r.PatientId, r.Name, r.Kind is AccountKind.Staff ? "staff" : "patient", r.Case.StateAt(now), r.Case.InPerson,
                [.. r.Case.Shown.Split(',').Select(w => RecoveryCase.Says(Enum.Parse<Evidence>(w)))], r.Case.Note, r.Case.OpenedByName, Zones.In(r.Case.OpenedAt, zone), Zones.In(r.Case.DueAt, zone), Zones.In(r.Case.ExpiresAt, zone)))],
            rows.Count > take ? Cursor.Write(rows[take - 1].Case.OpenedAt, rows[take - 1].Case.Id) : null);
    }
}

/// <summary>How many are under way.</summary>
[Does(Act.Read, "account recovery", "Counted the recoveries under way", Needs = "recover", Trail = false, Because = "A number; nobody is shown.")]
sealed record CountRecoveriesRequest;

sealed class CountRecoveriesHandler(IdentityDb db, CurrentStaff staff, TimeProvider clock) : IHandle<CountRecoveriesRequest, int>
{
    public async Task<Outcome<int>> Handle(CountRecoveriesRequest ask, CancellationToken ct)
    {
        var (now, all) = (clock.GetUtcNow(), staff.May("accounts"));
        return await db.RecoveryCases.CountAsync(c => c.OpenFor != null && c.ExpiresAt > now && (all || db.Accounts.Any(a => a.Id == c.AccountId && a.Kind == AccountKind.Patient)), ct);
    }
}

/// <summary>A recovery that should not have been opened ends: nothing can be set up through it any more, and its account is told.</summary>
[Does(Act.Delete, "account recovery", "Withdrew a recovery", Needs = "recover")]
sealed record WithdrawRecoveryRequest(Guid Case);

sealed class WithdrawRecoveryHandler(IdentityDb db, SecondFactors factors, CurrentStaff staff, RequestScope scope, TimeProvider clock) : IHandle<WithdrawRecoveryRequest, Done>
{
    public async Task<Outcome<Done>> Handle(WithdrawRecoveryRequest ask, CancellationToken ct)
    {
        var recovery = await db.RecoveryCases.SingleOrDefaultAsync(c => c.Id == ask.Case, ct);
        var account = recovery is null ? null : await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == recovery.AccountId, ct);
        if (recovery is null || account is null || (account.Kind is AccountKind.Staff && !staff.May("accounts"))) return Outcome.NotFound;
        scope.AboutPatient = account.PatientId;
        if (recovery.WithdrawnAt is not null) return default(Done);
        if (recovery.OpenFor is null) return Outcome.Conflict("recovery_over", "It is over already.");
        (recovery.WithdrawnAt, recovery.WithdrawnById, recovery.OpenFor) = (clock.GetUtcNow(), staff.Id, null);
        factors.Announce(account, "recovery_stopped");
        return await db.TrySave(default(Done), ct) is Saved.Done ? default(Done) : Outcome.Stale();
    }
}

sealed class ListRecoveriesApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/recoveries", async (int? limit, string? cursor, IHandle<ListRecoveriesRequest, RecoveryLines> list, CancellationToken ct) => (await list.Handle(new(limit, cursor), ct)).ToHttp())
           .WithName("ListRecoveries").Produces<RecoveryLines>().ProducesProblem(400).ProducesProblem(403);
        api.MapPost("/recoveries/{recovery:guid}/withdraw", async (Guid recovery, IHandle<WithdrawRecoveryRequest, Done> withdraw, CancellationToken ct) => (await withdraw.Handle(new(recovery), ct)).ToHttp(_ => Results.NoContent()))
           .WithName("WithdrawRecovery").Produces(204).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
    }
}
