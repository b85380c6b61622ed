namespace PatientPortal.Kernel.Requests;

/// <summary>
/// One thing the portal does for somebody. Page and API call the same handler. What stands around it, from the outside in:
/// <see cref="InTurn{TRequest,TResponse}"/>, <see cref="Validated{TRequest,TResponse}"/>, <see cref="Allowed{TRequest,TResponse}"/>, <see cref="Audited{TRequest,TResponse}"/>,
/// <see cref="Guarded{TRequest,TResponse}"/>, <see cref="Repeatable{TRequest,TResponse}"/>.
/// </summary>
public interface IHandle<in TRequest, TResponse>
{
    Task<Outcome<TResponse>> Handle(TRequest request, CancellationToken ct);
}

/// <summary>The answer of a command that has nothing to say but that it is done.</summary>
public readonly record struct Done;
