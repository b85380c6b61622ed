using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForMembers.ListPasskeys;

/// <summary>One's own passkeys, the oldest first; at most ten.</summary>
sealed record ListPasskeysRequest;

/// <param name="Next">Always null: ten fit on one page.</param>
sealed record MyPasskeys(IReadOnlyList<MyPasskey> Items, string? Next);

sealed class ListPasskeysHandler(IdentityDb db, RequestScope scope) : IHandle<ListPasskeysRequest, MyPasskeys>
{
    public async Task<Outcome<MyPasskeys>> Handle(ListPasskeysRequest ask, CancellationToken ct) => new MyPasskeys(
        await db.Passkeys.AsNoTracking().Where(p => p.AccountId == scope.Actor.AccountId).OrderBy(p => p.CreatedAt).ThenBy(p => p.Id).Take(IdentityLimits.Passkeys)
            .Select(p => new MyPasskey(p.Id, p.Name, p.IsBackedUp, p.CreatedAt, p.UsedAt)).ToListAsync(ct), null);
}

sealed class ListPasskeysApi : IMemberApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/me/passkeys", async (IHandle<ListPasskeysRequest, MyPasskeys> list, CancellationToken ct) => (await list.Handle(new(), ct)).ToHttp())
           .WithName("ListPasskeys").Produces<MyPasskeys>();
}
