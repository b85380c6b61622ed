using PatientPortal.Identity.Data;

namespace PatientPortal.Identity.ForMembers.RenamePasskey;

/// <summary>Another name for one of one's own passkeys; it opens what it opened.</summary>
[Does(Act.Update, "passkey", "Renamed a passkey")]
sealed record RenamePasskeyRequest(Guid Passkey, string? Name);

sealed record RenamePasskeyBody(string? Name);

sealed class RenamePasskeyRules : AbstractValidator<RenamePasskeyRequest>
{
    public RenamePasskeyRules() => RuleFor(r => r.Name).NotEmpty().WithMessage("Give it a name by which you know it again.").MaximumLength(60).WithMessage("Use at most 60 characters.");
}

sealed class RenamePasskeyHandler(IdentityDb db, RequestScope scope) : IHandle<RenamePasskeyRequest, Done>
{
    public async Task<Outcome<Done>> Handle(RenamePasskeyRequest ask, CancellationToken ct)
    {
        if (await db.Passkeys.SingleOrDefaultAsync(p => p.Id == ask.Passkey && p.AccountId == scope.Actor.AccountId, ct) is not { } passkey) return Outcome.NotFound;
        passkey.Name = ask.Name!.Trim();
        return await db.TrySave(default(Done), ct) is Saved.Done ? default(Done) : Outcome.NotFound;
    }
}

sealed class RenamePasskeyApi : IMemberApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/me/passkeys/{passkey:guid}/rename", async (Guid passkey, RenamePasskeyBody body, IHandle<RenamePasskeyRequest, Done> rename, CancellationToken ct) =>
                (await rename.Handle(new(passkey, body.Name), ct)).ToHttp(_ => Results.NoContent()))
           .WithName("RenamePasskey").Produces(204).ProducesProblem(400).ProducesProblem(404);
}
