using PatientPortal.Kernel.Access;

namespace PatientPortal.Kernel.Requests;

/// <summary>
/// Lets the handlers of one unit of work follow each other. The components of a page all start at once and share their module's context,
/// which serves one at a time; SQLite answers before the next can start, PostgreSQL does not. A handler that another one calls runs within it.
/// </summary>
sealed class InTurn<TRequest, TResponse>(IHandle<TRequest, TResponse> next, RequestScope scope) : IHandle<TRequest, TResponse>
{
    public async Task<Outcome<TResponse>> Handle(TRequest request, CancellationToken ct)
    {
        if (RequestScope.Handling.Value == scope) return await next.Handle(request, ct);
        await scope.Turn.WaitAsync(ct);
        RequestScope.Handling.Value = scope;
        try
        {
            return await next.Handle(request, ct);
        }
        finally
        {
            scope.Turn.Release();
        }
    }
}
