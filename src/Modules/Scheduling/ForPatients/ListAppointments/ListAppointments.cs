using System.Linq.Expressions;
using PatientPortal.Scheduling.Data;
using PatientPortal.Scheduling.Domain;

namespace PatientPortal.Scheduling.ForPatients.ListAppointments;

/// <summary>The patient's appointments: those ahead with the nearest first, all others with the newest first.</summary>
[Does(Act.Read, "appointments", "Looked at the list of appointments", Needs = "appointments")]
internal sealed record ListAppointmentsRequest
{
    /// <summary>An instant with its offset, or a date in the patient's zone.</summary>
    public string? From { get; init; }

    public string? To { get; init; }

    /// <summary>"upcoming", "past" (over or cancelled), or one status such as "booked"; all of them when not given.</summary>
    public string? Status { get; init; }

    public int? Limit { get; init; }

    public string? Cursor { get; init; }
}

internal sealed class ListAppointmentsRules : AbstractValidator<ListAppointmentsRequest>
{
    public ListAppointmentsRules()
    {
        RuleFor(r => r.From).Must(text => Edge.TryRead(text, out _)).WithMessage("An instant with its offset, or a date such as 2026-11-26.");
        RuleFor(r => r.To).Must(text => Edge.TryRead(text, out _)).WithMessage("An instant with its offset, or a date such as 2026-11-26.");
        RuleFor(r => r.Status).Must(s => s is null or "upcoming" or "past" || Enum.TryParse<AppointmentStatus>(s, ignoreCase: true, out _))
            .WithMessage("upcoming, past, booked, arrived, fulfilled, missed, cancelled or proposed.");
    }
}

internal sealed class ListAppointmentsHandler(SchedulingDb db, CurrentPatient me, Supplies supplies, Texts T, TimeProvider clock)
    : IHandle<ListAppointmentsRequest, Page<Visit>>
{
    public async Task<Outcome<Page<Visit>>> Handle(ListAppointmentsRequest ask, CancellationToken ct)
    {
        var mine = db.Appointments.AsNoTracking()
            .Where(a => a.PatientId == me.Id && a.Status != AppointmentStatus.EnteredInError)
            .Where(In(ask.Status, clock.GetUtcNow()));
        if (Edge.TryRead(ask.From, out var from) && from?.StartIn(me.TimeZone) is { } first) mine = mine.Where(a => a.StartsAt >= first);
        if (Edge.TryRead(ask.To, out var to) && to?.EndIn(me.TimeZone) is { } last) mine = mine.Where(a => a.StartsAt < last);

        var nearestFirst = ask.Status is "upcoming";
        if (ask.Cursor is not null)
        {
            if (!Cursor.TryRead(ask.Cursor, out var at, out var id)) return Cursor.Bad;
            mine = nearestFirst
                ? mine.Where(a => a.StartsAt > at || (a.StartsAt == at && a.Id.CompareTo(id) > 0))
                : mine.Where(a => a.StartsAt < at || (a.StartsAt == at && a.Id.CompareTo(id) < 0));
        }
        var take = PageAsk.Of(ask.Limit).Take;
        var rows = await (nearestFirst
                ? mine.OrderBy(a => a.StartsAt).ThenBy(a => a.Id)
                : mine.OrderByDescending(a => a.StartsAt).ThenByDescending(a => a.Id))
            .Take(take + 1).ToListAsync(ct);

        var supply = await supplies.Current(db, ct);
        var next = rows.Count > take ? Cursor.Write(rows[take - 1].StartsAt, rows[take - 1].Id) : null;
        return new Page<Visit>([.. rows.Take(take).Select(a => Visit.Of(a, supply, T.Language))], next);
    }

    static Expression<Func<Appointment, bool>> In(string? status, DateTimeOffset now) => status switch
    {
        null => a => true,
        "upcoming" => a => a.EndsAt > now && (a.Status == AppointmentStatus.Booked || a.Status == AppointmentStatus.Arrived || a.Status == AppointmentStatus.Proposed),
        "past" => a => a.EndsAt <= now || (a.Status != AppointmentStatus.Booked && a.Status != AppointmentStatus.Arrived && a.Status != AppointmentStatus.Proposed),
        _ when Enum.Parse<AppointmentStatus>(status, ignoreCase: true) is var one => a => a.Status == one,
        _ => a => false,
    };
}

internal sealed class ListAppointmentsApi : IPatientApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/appointments", async ([AsParameters] ListAppointmentsRequest ask, IHandle<ListAppointmentsRequest, Page<Visit>> list, CancellationToken ct) =>
                (await list.Handle(ask, ct)).ToHttp())
           .WithName("ListAppointments").Produces<Page<Visit>>().ProducesProblem(400);
}
