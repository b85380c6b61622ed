using PatientPortal.Scheduling.Data;
using PatientPortal.Scheduling.Domain;

namespace PatientPortal.Scheduling.ForMembers.FindSlots;

/// <summary>The open times for a kind of visit, first ones first; a week from now when no dates are given, at most three months.</summary>
internal sealed record FindSlotsRequest
{
    public Guid VisitType { get; init; }

    public Guid? Provider { get; init; }

    public Guid? Location { get; init; }

    /// <summary>An instant with its offset, or a date, which begins at midnight where the visit would be.</summary>
    public string? From { get; init; }

    public string? To { get; init; }

    public int? Limit { get; init; }

    public string? Cursor { get; init; }
}

internal sealed class FindSlotsRules : AbstractValidator<FindSlotsRequest>
{
    public FindSlotsRules()
    {
        RuleFor(r => r.VisitType).NotEmpty();
        RuleFor(r => r.From).Must(text => Edge.TryRead(text, out _)).WithMessage("An instant with its offset, or a date such as 2026-11-26.");
        RuleFor(r => r.To).Must(text => Edge.TryRead(text, out _)).WithMessage("An instant with its offset, or a date such as 2026-11-26.");
    }
}

internal sealed class FindSlotsHandler(OpenTimes openTimes, Texts T, TimeProvider clock) : IHandle<FindSlotsRequest, Page<OpenSlot>>
{
    static readonly TimeSpan WidestOffset = TimeSpan.FromHours(14);

    public async Task<Outcome<Page<OpenSlot>>> Handle(FindSlotsRequest ask, CancellationToken ct)
    {
        Edge.TryRead(ask.From, out var first);
        Edge.TryRead(ask.To, out var last);
        var after = (At: DateTimeOffset.MinValue, Provider: Guid.Empty);
        if (ask.Cursor is not null && !Cursor.TryRead(ask.Cursor, out after.At, out after.Provider)) return Cursor.Bad;

        // A date means that date where the visit would be: search wide enough for every zone, then keep what is inside there.
        var from = first?.StartIn("UTC") - (first?.Date is null ? TimeSpan.Zero : WidestOffset) ?? clock.GetUtcNow();
        var to = last?.EndIn("UTC") + (last?.Date is null ? TimeSpan.Zero : WidestOffset) ?? from + SchedulingLimits.UsualSearch;
        if (to - from > SchedulingLimits.WidestSearch) to = from + SchedulingLimits.WidestSearch;

        var open = await openTimes.Find(new(ask.VisitType, ask.Provider, ask.Location, from, to), ct);
        var take = PageAsk.Of(ask.Limit).Take;
        var page = open
            .Where(s => (first is not { Date: { } a } || Day(s) >= a) && (last is not { Date: { } b } || Day(s) <= b))
            .Where(s => s.Start > after.At || (s.Start == after.At && s.Provider.Id.CompareTo(after.Provider) > 0))
            .Take(take + 1).ToList();
        var next = page.Count > take ? Cursor.Write(page[take - 1].Start, page[take - 1].Provider.Id) : null;
        return new Page<OpenSlot>([.. page.Take(take).Select(s => OpenSlot.Of(s, T.Language))], next);
    }

    static DateOnly Day(Slot slot) => DateOnly.FromDateTime(slot.Start.DateTime);
}

internal sealed class FindSlotsApi : IMemberApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/slots", async ([AsParameters] FindSlotsRequest ask, IHandle<FindSlotsRequest, Page<OpenSlot>> find, CancellationToken ct) =>
                (await find.Handle(ask, ct)).ToHttp())
           .WithName("FindSlots").Produces<Page<OpenSlot>>().ProducesProblem(400);
}
