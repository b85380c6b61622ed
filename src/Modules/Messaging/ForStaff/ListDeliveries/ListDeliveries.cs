using PatientPortal.Messaging.Data;
using PatientPortal.Messaging.Domain;

namespace PatientPortal.Messaging.ForStaff.ListDeliveries;

/// <summary>Notices by where they stand, newest first, with what the mail server said; never their text.</summary>
/// <param name="Status">"failed" (when not given: those that need a person), "due", "sent" or "withdrawn".</param>
[Does(Act.Read, "deliveries", "Looked at which notices could not be delivered", Needs = "jobs")]
sealed record ListDeliveriesRequest(string? Status, PageAsk Page);

/// <param name="Kind">"appointment_booked", "message"...</param>
/// <param name="Address">Where it goes, with all but the first letter of the name left out.</param>
/// <param name="NextTry">When it is tried again; null when a person has to look.</param>
sealed record DeliveryLine(
    Guid Id, string Kind, string Channel, string Recipient, string Address, string Status, int Attempts, DateTimeOffset CreatedAt,
    DateTimeOffset? NextTry, DateTimeOffset? SentAt, string? LastAnswer, Guid? PatientId);

sealed record DeliveryList(IReadOnlyList<DeliveryLine> Items, string? Next) : IAboutPatients
{
    IEnumerable<Guid> IAboutPatients.PatientIds => Items.Select(i => i.PatientId).OfType<Guid>();

    /// <summary>Who could not be reached, and no word of what about: nothing to leave out.</summary>
    object IAboutPatients.Without(IReadOnlySet<Guid> closed) => this;
}

sealed class ListDeliveriesHandler(MessagingDb db, CurrentStaff staff) : IHandle<ListDeliveriesRequest, DeliveryList>
{
    public async Task<Outcome<DeliveryList>> Handle(ListDeliveriesRequest ask, CancellationToken ct)
    {
        _ = staff;
        DeliveryState[] states = ask.Status switch
        {
            null or "" or "failed" => [DeliveryState.NeedsPerson],
            "due" => [DeliveryState.Due, DeliveryState.Sending],
            "sent" => [DeliveryState.Sent],
            "withdrawn" => [DeliveryState.Withdrawn],
            _ => [],
        };
        if (states.Length == 0) return Outcome.Invalid("status", "Ask for failed, due, sent or withdrawn.");

        var all = db.Deliveries.AsNoTracking().Where(d => states.Contains(d.State));
        if (ask.Page.Cursor is { } cursor)
        {
            if (!Cursor.TryRead(cursor, out var at, out var id)) return Cursor.Bad;
            all = all.Where(d => d.CreatedAt < at || (d.CreatedAt == at && d.Id < id));
        }
        var rows = await all.OrderByDescending(d => d.CreatedAt).ThenByDescending(d => d.Id).Take(ask.Page.Take + 1)
            .Select(d => new
            {
                d.Id, d.Kind, d.Channel, d.Address, d.State, d.Attempts, d.CreatedAt, d.DueAt, d.SentAt, d.LastAnswer, d.PatientId,
                Proxy = db.KnownProxies.Where(p => p.GrantId == d.GrantId).Select(p => p.Name).FirstOrDefault(),
                Patient = db.KnownPatients.Where(p => p.Id == d.PatientId).Select(p => p.Name).FirstOrDefault(),
                d.GrantId,
            }).ToListAsync(ct);
        var lines = rows.Take(ask.Page.Take).Select(d => new DeliveryLine(
            d.Id, d.Kind.Code(), d.Channel, d.GrantId is null ? d.Patient ?? "Account holder" : d.Proxy ?? "A former proxy", Shortened(d.Address),
            d.State.Code(), d.Attempts, d.CreatedAt, d.State is DeliveryState.Due ? d.DueAt : null, d.SentAt, d.LastAnswer, d.PatientId)).ToList();
        return new DeliveryList(lines, rows.Count > lines.Count ? Cursor.Write(lines[^1].CreatedAt, lines[^1].Id) : null);
    }

    static string Shortened(string address) => address.IndexOf('@', StringComparison.Ordinal) is > 0 and var at ? $"{address[0]}…{address[at..]}" : "…";
}

sealed class ListDeliveriesApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/deliveries", async (string? status, [AsParameters] PageAsk page, IHandle<ListDeliveriesRequest, DeliveryList> list, CancellationToken ct) =>
                (await list.Handle(new(status, page), ct)).ToHttp(Results.Ok))
           .WithName("ListDeliveries").Produces<DeliveryList>();
}
