using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForMembers.RemovePasskey;

/// <summary>One of one's own passkeys opens nothing any more; the owner is told, and all other sessions end. The password, and its second factor, stay.</summary>
[Does(Act.Delete, "passkey", "Removed a passkey", StepUp = true)]
sealed record RemovePasskeyRequest(Guid Passkey);

sealed class RemovePasskeyHandler(IdentityDb db, SecondFactors factors, Sessions sessions, RequestScope scope) : IHandle<RemovePasskeyRequest, Done>
{
    public async Task<Outcome<Done>> Handle(RemovePasskeyRequest ask, CancellationToken ct) => await db.InTransaction<Outcome<Done>>(async () =>
    {
        var me = scope.Actor.AccountId;
        if (await db.Passkeys.Where(p => p.Id == ask.Passkey && p.AccountId == me).ExecuteDeleteAsync(ct) is 0) return Outcome.NotFound;
        factors.Announce(await db.Accounts.AsNoTracking().SingleAsync(a => a.Id == me, ct), "passkey_removed");
        await db.Save(ct);
        await sessions.EndOthers(me, scope.Actor.SessionId, "passkey_removed", ct);
        return default(Done);
    }, ct);
}

sealed class RemovePasskeyApi : IMemberApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/me/passkeys/{passkey:guid}/remove", async (Guid passkey, IHandle<RemovePasskeyRequest, Done> remove, CancellationToken ct) =>
                (await remove.Handle(new(passkey), ct)).ToHttp(_ => Results.NoContent()))
           .WithName("RemovePasskey").Produces(204).ProducesProblem(403).ProducesProblem(404);
}
