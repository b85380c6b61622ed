using System.Reflection;
using PatientPortal.Kernel.Access;
using PatientPortal.Kernel.Auditing;

namespace PatientPortal.Kernel.Requests;

/// <summary>
/// No disclosure without a record of it: a read is in the trail, durably, before its answer leaves. A change writes its row in its
/// own transaction (the next save takes the draft along); a change that was refused leaves a row too.
/// </summary>
sealed class Audited<TRequest, TResponse>(IHandle<TRequest, TResponse> next, RequestScope scope, AuditTrail trail) : IHandle<TRequest, TResponse>
{
    static readonly DoesAttribute? Does = typeof(TRequest).GetCustomAttribute<DoesAttribute>();

    public async Task<Outcome<TResponse>> Handle(TRequest request, CancellationToken ct)
    {
        if (Does is null || !Does.Trail) return await next.Handle(request, ct);

        // One page may run several handlers, and a handler may call another: each has its own draft.
        var outer = scope.Draft;
        var draft = AuditDraft.Of(Does, scope);
        scope.Draft = Does.Act is Act.Read ? outer : draft;
        try
        {
            var outcome = await next.Handle(request, ct);
            var written = draft.Written;
            if (outcome.Refusal is { } refusal)
            {
                if (refusal.Verdict is not (Verdict.Invalid or Verdict.NotFound) && !written) await trail.Write(draft with { PatientId = draft.PatientId ?? scope.AboutPatient, Outcome = refusal.Code }, ct);
            }
            else if (!written)
            {
                // A list that names nobody (the whole trail, an import without a chart) was looked at all the same: its row is nobody's.
                if (outcome.Value is IAboutPatients several && several.PatientIds.Distinct().ToList() is { Count: > 0 } named)
                    await trail.Write([.. named.Select(p => draft with { PatientId = p })], ct);
                else
                    await BeforeTheAnswer(trail.Write(draft with { PatientId = draft.PatientId ?? scope.AboutPatient }, ct));
            }
            return outcome;
        }
        finally
        {
            scope.Draft = outer;
        }
    }

    Task BeforeTheAnswer(Task written)
    {
        if (scope.Trail is not { } waiting) return written;
        // Components of one page may read at once.
        lock (waiting) waiting.Add(written);
        return Task.CompletedTask;
    }
}
