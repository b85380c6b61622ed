namespace PatientPortal.Identity.ForMembers.SeeMe;

/// <summary>Who is signed in, and whose records they may open.</summary>
sealed record SeeMeRequest;

/// <param name="Kind">"patient" or "staff".</param>
/// <param name="Roles">A staff member's role; empty for patients.</param>
/// <param name="Patients">One's own record first, then those one cares for.</param>
sealed record Me(Guid UserId, string Name, string Kind, IReadOnlyList<string> Roles, IReadOnlyList<MyPatient> Patients);

/// <param name="Relation">"self", or the relation of the proxy.</param>
/// <param name="Scopes">What one may see and do there; "*" is everything.</param>
sealed record MyPatient(Guid Id, string Name, string Relation, IReadOnlyList<string> Scopes);

sealed class SeeMeHandler(RequestScope scope, IPatientDoor door) : IHandle<SeeMeRequest, Me>
{
    public async Task<Outcome<Me>> Handle(SeeMeRequest ask, CancellationToken ct)
    {
        var actor = scope.Actor;
        var profiles = await door.ProfilesOf(actor, ct);
        return new Me(actor.AccountId, actor.Name, actor.Kind is ActorKind.Staff ? "staff" : "patient", actor.Kind is ActorKind.Staff ? [actor.Role] : [],
            [.. profiles.Select(p => new MyPatient(p.Id, p.Name, p.Relation, p.Scopes))]);
    }
}

sealed class SeeMeApi : IMemberApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/me", async (IHandle<SeeMeRequest, Me> see, CancellationToken ct) => (await see.Handle(new(), ct)).ToHttp())
           .WithName("SeeMe").Produces<Me>();
}
