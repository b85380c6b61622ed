using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;
using PatientPortal.Ui;

namespace PatientPortal.Identity.ForStaff.ListSignUps;

/// <summary>People who asked for an account and wait for somebody to look, longest waiting first. Whose chart it may be stands on each one's own page.</summary>
[Does(Act.Read, "sign-ups", "Looked at the people who asked for an account", Needs = "sign-ups")]
sealed record ListSignUpsRequest(int? Limit, string? Cursor);

sealed record SignUpLine(Guid Id, string Name, DateOnly BirthDate, DateTimeOffset AskedAt, SignUpDoubt? Doubt);

sealed class ListSignUpsHandler(IdentityDb db, CurrentStaff staff, IConfiguration settings) : IHandle<ListSignUpsRequest, Page<SignUpLine>>
{
    public async Task<Outcome<Page<SignUpLine>>> Handle(ListSignUpsRequest ask, CancellationToken ct)
    {
        if (!staff.May("sign-ups")) return Outcome.NotFound;
        var (take, zone) = (PageAsk.Of(ask.Limit).Take, Clinic.Of(settings).Zone);
        var waiting = db.SignUps.AsNoTracking().Where(s => s.State == SignUpState.Waiting);
        if (ask.Cursor is not null)
        {
            if (!Cursor.TryRead(ask.Cursor, out var at, out var id)) return Cursor.Bad;
            waiting = waiting.Where(s => s.AskedAt > at || (s.AskedAt == at && s.Id.CompareTo(id) > 0));
        }
        var found = await waiting.OrderBy(s => s.AskedAt).ThenBy(s => s.Id).Take(take + 1).ToListAsync(ct);
        return new Page<SignUpLine>(
            [.. found.Take(take).Select(s => new SignUpLine(s.Id, $"{s.GivenName} {s.FamilyName}", s.BirthDate, Zones.In(s.AskedAt, zone), s.Doubt))],
            found.Count > take ? Cursor.Write(found[take - 1].AskedAt, found[take - 1].Id) : null);
    }
}

/// <summary>How many wait.</summary>
[Does(Act.Read, "sign-ups", "Counted the people who asked for an account", Needs = "sign-ups", Trail = false, Because = "A number; nobody is shown.")]
sealed record CountSignUpsRequest;

sealed class CountSignUpsHandler(IdentityDb db, CurrentStaff staff) : IHandle<CountSignUpsRequest, int>
{
    public async Task<Outcome<int>> Handle(CountSignUpsRequest ask, CancellationToken ct) =>
        staff.May("sign-ups") ? await db.SignUps.CountAsync(s => s.State == SignUpState.Waiting, ct) : Outcome.NotFound;
}

sealed class ListSignUpsApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/sign-ups", async (int? limit, string? cursor, IHandle<ListSignUpsRequest, Page<SignUpLine>> list, CancellationToken ct) => (await list.Handle(new(limit, cursor), ct)).ToHttp())
           .WithName("ListSignUps").Produces<Page<SignUpLine>>().ProducesProblem(400).ProducesProblem(403);
}
