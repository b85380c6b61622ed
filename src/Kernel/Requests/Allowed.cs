using System.Reflection;
using PatientPortal.Kernel.Access;
using PatientPortal.Kernel.Auditing;

namespace PatientPortal.Kernel.Requests;

/// <summary>Holds the request against the grant (patients, proxies) or the permissions (staff) of whoever asks. Refusals are in the trail.</summary>
sealed class Allowed<TRequest, TResponse>(IHandle<TRequest, TResponse> next, RequestScope scope, AuditTrail trail) : IHandle<TRequest, TResponse>
{
    static readonly DoesAttribute? Does = typeof(TRequest).GetCustomAttribute<DoesAttribute>();

    public async Task<Outcome<TResponse>> Handle(TRequest request, CancellationToken ct)
    {
        if (Does?.Needs is not { } needs || scope.Actor.Kind is ActorKind.System) return await next.Handle(request, ct);

        var allowed = scope.Actor.Kind is ActorKind.Staff
            ? scope.Actor.Permissions.Contains(needs)
            : scope.Patient is null || scope.Patient.Allows(needs);
        if (allowed) return await next.Handle(request, ct);

        await trail.Write(AuditDraft.Of(Does, scope) with { Outcome = "forbidden" }, ct);
        return Outcome.Forbidden(
            scope.Actor.Kind is ActorKind.Staff ? "missing_permission" : "missing_scope",
            scope.Actor.Kind is ActorKind.Staff
                ? "Your role does not include this. An administrator can change that."
                : "You may not see or do this for this person. They can change what you may see.");
    }
}
