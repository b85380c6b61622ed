using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForEveryone.OpenActivation;

/// <summary>
/// Somebody followed the QR code of a letter: staff see that it arrived. The answer is the same for codes that are good, dead, or nobody's.
/// </summary>
sealed record OpenActivationRequest(string? ActivationCode);

sealed class OpenActivationRules : AbstractValidator<OpenActivationRequest>
{
    public OpenActivationRules() => RuleFor(r => r.ActivationCode).NotEmpty().MaximumLength(64);
}

sealed class OpenActivationHandler(IdentityDb db, Failures failures, TimeProvider clock) : IHandle<OpenActivationRequest, Done>
{
    public async Task<Outcome<Done>> Handle(OpenActivationRequest ask, CancellationToken ct)
    {
        if (failures.HoldAddress() is { } hold) return hold;
        // A good code counts as well: who asks often waits, whatever they ask.
        failures.CountAddress();

        var (now, hash) = (clock.GetUtcNow(), Secret.HashTyped(ask.ActivationCode!));
        await db.InTransaction(() => db.ActivationCodes
            .Where(c => c.CodeHash == hash && c.OpenedAt == null && c.UsedAt == null && c.RevokedAt == null && c.ExpiresAt > now)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.OpenedAt, now), ct), ct);
        return default(Done);
    }
}

sealed class OpenActivationApi : IEveryoneApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/activation/open", async (OpenActivationRequest ask, IHandle<OpenActivationRequest, Done> open, CancellationToken ct) =>
                (await open.Handle(ask, ct)).ToHttp(_ => Results.NoContent()))
           .WithName("OpenActivation").Produces(204).ProducesProblem(400).ProducesProblem(429);
}
