using PatientPortal.Records.Data;
using PatientPortal.Records.Domain.Results;

namespace PatientPortal.Records.ForPatients.FollowTrend;

/// <summary>One analyte over time, newest first: at most the last 500 values, each with the range that came with it. Unknown codes have no points.</summary>
[Does(Act.Read, "results", "Looked at a test result over time", Needs = "records")]
sealed record FollowTrendRequest(string? Code, DateOnly? From, DateOnly? To);

/// <param name="Name">As the newest report calls it; null when there are no points.</param>
sealed record Trend(string Code, string? Name, IReadOnlyList<TrendValue> Points);

sealed class FollowTrendRules : AbstractValidator<FollowTrendRequest>
{
    public FollowTrendRules()
    {
        RuleFor(r => r.Code).NotEmpty().WithMessage("Say which test, by its code.").MaximumLength(100)
            .Must(code => code is null || !code.Any(char.IsControl)).WithMessage("A code has no control characters.");
        RuleFor(r => r.To).GreaterThanOrEqualTo(r => r.From).When(r => r.From is not null && r.To is not null).WithMessage("The last day is before the first.");
    }
}

sealed class FollowTrendHandler(RecordsDb db, CurrentPatient me, TimeProvider clock) : IHandle<FollowTrendRequest, Trend>
{
    public async Task<Outcome<Trend>> Handle(FollowTrendRequest ask, CancellationToken ct)
    {
        var (from, until) = (ask.From is { } f ? Zones.StartOfDay(f, me.TimeZone) : Ends.First, ask.To is { } t && t < DateOnly.MaxValue ? Zones.StartOfDay(t.AddDays(1), me.TimeZone) : Ends.Last);
        var points = await db.PointsOf(me.Id, ask.Code!, from, until, clock.GetUtcNow(), ct);
        return new Trend(ask.Code!, points.Count is 0 ? null : points[0].Name, points);
    }
}

sealed class FollowTrendApi : IPatientApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/results/trend", async (string? code, DateOnly? from, DateOnly? to, IHandle<FollowTrendRequest, Trend> follow, CancellationToken ct) =>
                (await follow.Handle(new(code, from, to), ct)).ToHttp())
           .WithName("FollowTrend").WithSummary("One analyte over time, newest first").Produces<Trend>().ProducesProblem(400);
}
