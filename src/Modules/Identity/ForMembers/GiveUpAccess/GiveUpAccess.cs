using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForMembers.GiveUpAccess;

/// <summary>
/// Somebody who acts for a patient gives that up, on whatever it rests and also while it rests itself; it holds from the next request on and the patient is told.
/// Getting it again takes the patient or the clinic.
/// </summary>
[Does(Act.Delete, "proxy", "Gave up their access to this record")]
sealed record GiveUpAccessRequest(Guid Grant, bool Sure);

sealed class GiveUpAccessRules : AbstractValidator<GiveUpAccessRequest>
{
    public GiveUpAccessRules() => RuleFor(r => r.Sure).Equal(true).WithMessage("Check this box if you are sure.");
}

sealed class GiveUpAccessHandler(IdentityDb db, RequestScope scope, Grants grants) : IHandle<GiveUpAccessRequest, Done>
{
    public async Task<Outcome<Done>> Handle(GiveUpAccessRequest ask, CancellationToken ct)
    {
        var grant = await db.Grants.SingleOrDefaultAsync(g => g.Id == ask.Grant && g.AccountId == scope.Actor.AccountId, ct);
        if (scope.Actor.Kind is not ActorKind.Patient || grant is null) return Outcome.NotFound;
        scope.AboutPatient = grant.PatientId;
        if (grant.RevokedAt is not null) return default(Done);

        await grants.GiveUp(grant, ct);
        return await db.TrySave(default(Done), ct) is Saved.Done ? default(Done) : Outcome.Stale();
    }
}

/// <summary>Whose record it is: the question before the end.</summary>
sealed record GivingUpRequest(Guid Grant);

sealed record GivingUp(string Name, string Relation, IReadOnlyList<string> Scopes);

sealed class GivingUpHandler(IdentityDb db, RequestScope scope, TimeProvider clock) : IHandle<GivingUpRequest, GivingUp>
{
    public async Task<Outcome<GivingUp>> Handle(GivingUpRequest ask, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var found = await (
            from g in db.Grants.AsNoTracking()
            join p in db.Patients on g.PatientId equals p.Id
            where g.Id == ask.Grant && g.AccountId == scope.Actor.AccountId && g.RevokedAt == null && (g.EndsAt == null || g.EndsAt > now)
            select new { p.Name, g.Relation, g.Scopes }).SingleOrDefaultAsync(ct);
        return found is null ? Outcome.NotFound : new GivingUp(found.Name, found.Relation, Grant.Read(found.Scopes));
    }
}

sealed class GiveUpAccessApi : IMemberApi
{
    internal sealed record Sureness(bool Sure);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/me/caring/{grant:guid}/give-up", async (Guid grant, Sureness body, IHandle<GiveUpAccessRequest, Done> giveUp, CancellationToken ct) =>
                (await giveUp.Handle(new(grant, body.Sure), ct)).ToHttp(_ => Results.NoContent()))
           .WithName("GiveUpAccess").Produces(204).ProducesProblem(400).ProducesProblem(404).ProducesProblem(412);
}
