using System.Reflection;
using PatientPortal.Kernel.Access;
using PatientPortal.Kernel.Auditing;

namespace PatientPortal.Kernel.Requests;

/// <summary>
/// Holds the request against the grant (patients, proxies) or the permissions (staff) of whoever asks, and asks for a recent proof of who they are
/// where that is wanted. Refusals are in the trail.
/// </summary>
sealed class Allowed<TRequest, TResponse>(IHandle<TRequest, TResponse> next, RequestScope scope, AuditTrail trail, TimeProvider clock) : IHandle<TRequest, TResponse>
{
    static readonly DoesAttribute? Does = typeof(TRequest).GetCustomAttribute<DoesAttribute>();

    static readonly Refusal ReadOnly = Outcome.Forbidden("read_only", "You are looking on: nothing can be changed here.");

    public async Task<Outcome<TResponse>> Handle(TRequest request, CancellationToken ct)
    {
        if (Does is null || scope.Actor.Kind is ActorKind.System) return await next.Handle(request, ct);
        if (scope.Patient is { Relation: "support" }) return Does.Act is Act.Read ? await next.Handle(request, ct) : ReadOnly;

        var allowed = Does.Needs is not { } needs || (scope.Actor.Kind is ActorKind.Staff
            ? scope.Actor.Permissions.Contains(needs)
            : scope.Patient is null || scope.Patient.Allows(needs));
        if (allowed && Does.StepUp && !StepUp.IsFresh(scope.Actor, clock.GetUtcNow()))
        {
            await trail.Write(AuditDraft.Of(Does, scope) with { Outcome = StepUp.Required.Code }, ct);
            return StepUp.Required;
        }
        if (allowed) return await next.Handle(request, ct);

        await trail.Write(AuditDraft.Of(Does, scope) with { Outcome = "forbidden" }, ct);
        return Outcome.Forbidden(
            scope.Actor.Kind is ActorKind.Staff ? "missing_permission" : "missing_scope",
            scope.Actor.Kind is ActorKind.Staff
                ? "Your role does not include this. An administrator can change that."
                : "You may not see or do this for this person. They can change what you may see.");
    }
}
