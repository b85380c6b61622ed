using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForPatients.ChangeProxy;

/// <summary>A patient changes what somebody may see and do for them; it holds from that person's next request on.</summary>
[Does(Act.Update, "proxy", "Changed what somebody may see and do for this patient")]
sealed record ChangeProxyRequest(Guid Grant, IReadOnlyList<string>? Scopes);

/// <summary>The body of the route: the grant stands in its path.</summary>
sealed record ProxyChange(IReadOnlyList<string>? Scopes);

sealed class ChangeProxyRules : AbstractValidator<ChangeProxyRequest>
{
    public ChangeProxyRules() =>
        RuleFor(r => r.Scopes).Must(s => ProxyPolicy.Written(s) is not null).WithMessage("Choose what the person may see and do.");
}

sealed class ChangeProxyHandler(IdentityDb db, CurrentPatient me, Grants grants, RequestScope scope, TimeProvider clock) : IHandle<ChangeProxyRequest, Done>
{
    public async Task<Outcome<Done>> Handle(ChangeProxyRequest ask, CancellationToken ct)
    {
        if (await db.Grants.SingleOrDefaultAsync(g => g.Id == ask.Grant && g.PatientId == me.Id, ct) is not { } grant || !grant.IsLive(clock.GetUtcNow())) return Outcome.NotFound;
        if (!me.IsSelf) return Outcome.Forbidden("not_the_patient", "Only the patient can change what somebody may see. The clinic can help with anything else.");
        if (!ProxyPolicy.IsPatientsToEnd(grant.Basis)) return Outcome.Refused("rests_on_law", "This access rests on the law, not on your wish.", "Talk to the clinic: they look at the papers with you.");

        // More needs a recent proof of who asks; less never does.
        if (!ask.Scopes!.All(Grant.Read(grant.Scopes).Contains) && !StepUp.IsFresh(scope.Actor, clock.GetUtcNow())) return StepUp.Required;

        grant.Scopes = ProxyPolicy.Written(ask.Scopes)!;
        var patient = await db.Patients.SingleAsync(p => p.Id == me.Id, ct);
        grants.Tell(grant, await db.Accounts.SingleAsync(a => a.Id == grant.AccountId, ct), await grants.Open(grant, patient, ct));
        return await db.TrySave(default(Done), ct) is Saved.Done ? default(Done) : Outcome.Stale();
    }
}

/// <summary>What the form shows before it is changed.</summary>
[Does(Act.Read, "proxies", "Looked at who may act for this patient")]
sealed record ChangingProxyRequest(Guid Grant);

sealed record ChangingProxy(string Name, string Relation, IReadOnlyList<string> Scopes);

sealed class ChangingProxyHandler(IdentityDb db, CurrentPatient me, TimeProvider clock) : IHandle<ChangingProxyRequest, ChangingProxy>
{
    public async Task<Outcome<ChangingProxy>> Handle(ChangingProxyRequest ask, CancellationToken ct)
    {
        var found = await (from g in db.Grants.AsNoTracking() join a in db.Accounts on g.AccountId equals a.Id where g.Id == ask.Grant && g.PatientId == me.Id select new { g, a.Name }).SingleOrDefaultAsync(ct);
        return found is null || !me.IsSelf || !found.g.IsLive(clock.GetUtcNow()) ? Outcome.NotFound : new ChangingProxy(found.Name, found.g.Relation, Grant.Read(found.g.Scopes));
    }
}

sealed class ChangeProxyApi : IPatientApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/proxies/{grant:guid}", async (Guid grant, ProxyChange change, IHandle<ChangeProxyRequest, Done> handle, CancellationToken ct) =>
                (await handle.Handle(new(grant, change.Scopes), ct)).ToHttp(_ => Results.NoContent()))
           .WithName("ChangeProxy").Produces(204).ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(412).ProducesProblem(422);
}
