using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using PatientPortal.Kernel.Access;

namespace PatientPortal.Kernel.Requests;

/// <summary>A change was about to be made in a chart that is closed to whoever acts; it is taken back.</summary>
sealed class ChartIsClosed(Refusal refusal) : Exception("The chart is closed to this staff member.")
{
    public Refusal Refusal => refusal;
}

/// <summary>
/// Protected charts where no route names the patient (a message, a visit, a refill by its own id, a list): the same policy that the request's door holds for
/// those that do. A read is refused before its answer leaves, a change before it is saved; lists name the patient and leave out the rest.
/// </summary>
sealed class Guarded<TRequest, TResponse>(IHandle<TRequest, TResponse> next, RequestScope scope, IServiceProvider services) : IHandle<TRequest, TResponse>
{
    static readonly bool StandsBefore = typeof(TRequest).IsDefined(typeof(StandsBeforeChartAttribute));
    static readonly bool IsRead = typeof(TRequest).GetCustomAttribute<DoesAttribute>()?.Act is Act.Read;

    public async Task<Outcome<TResponse>> Handle(TRequest request, CancellationToken ct)
    {
        // The operator of the host has no account and no relatives here.
        if (scope.Actor is not { Kind: ActorKind.Staff } staff || staff.AccountId == Guid.Empty || StandsBefore || scope.Patient is not null) return await next.Handle(request, ct);

        var door = services.GetRequiredService<IPatientDoor>();
        var known = new Dictionary<Guid, Protection?>();
        async Task<Refusal?> Closed(Guid patient)
        {
            if (!known.TryGetValue(patient, out var protection))
                known[patient] = protection = (await door.ClosedTo(staff, [patient], ct)).GetValueOrDefault(patient);
            if (protection is null) return null;
            (scope.ClosedChart, scope.AboutPatient) = (patient, patient);
            return protection.Refusal;
        }

        var outer = scope.Guard;
        scope.Guard = async _ =>
        {
            if (scope.AboutPatient is { } about && await Closed(about) is { } no) throw new ChartIsClosed(no);
        };
        try
        {
            var outcome = await next.Handle(request, ct);
            if (!outcome.IsOk) return outcome;
            if (outcome.Value is not IAboutPatients several) return IsRead && scope.AboutPatient is { } about && await Closed(about) is { } no ? no : outcome;

            var closed = await door.ClosedTo(staff, [.. several.PatientIds.Distinct()], ct);
            if (closed.Count == 0) return outcome;
            if (several.Without(closed.Keys.ToHashSet()) is TResponse rest) return rest;
            (scope.ClosedChart, scope.AboutPatient) = (closed.Keys.First(), closed.Keys.First());
            return closed.Values.First().Refusal;
        }
        catch (ChartIsClosed chart)
        {
            return chart.Refusal;
        }
        finally
        {
            scope.Guard = outer;
        }
    }
}
