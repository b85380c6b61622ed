using PatientPortal.Messaging.Data;
using PatientPortal.Messaging.Domain;

namespace PatientPortal.Messaging.ForStaff.ListPatientThreads;

/// <summary>One patient's conversations for their chart, newest first.</summary>
[Does(Act.Read, "messages", "Looked at the list of messages", Needs = "inbox")]
sealed record ListPatientThreadsRequest(PageAsk Page);

/// <param name="Status">"waiting", "answered" or "closed".</param>
sealed record PatientThread(
    Guid Id, string Team, string TimeZone, string Topic, string Subject, string Status, DateTimeOffset LastAt, DateTimeOffset? AnswerBy, string? ClaimedBy);

sealed class ListPatientThreadsHandler(MessagingDb db, TeamBook book, CurrentPatient patient, CurrentStaff staff) : IHandle<ListPatientThreadsRequest, Page<PatientThread>>
{
    public async Task<Outcome<Page<PatientThread>>> Handle(ListPatientThreadsRequest ask, CancellationToken ct)
    {
        var threads = db.ThreadsFor(staff).AsNoTracking().Where(t => t.PatientId == patient.Id);
        if (ask.Page.Cursor is { } cursor)
        {
            if (!Cursor.TryRead(cursor, out var at, out var id)) return Cursor.Bad;
            threads = threads.Where(t => t.LastAt < at || (t.LastAt == at && t.Id < id));
        }
        var rows = await threads.OrderByDescending(t => t.LastAt).ThenByDescending(t => t.Id).Take(ask.Page.Take + 1)
            .Select(t => new { t.Id, t.TeamId, t.Topic, t.Subject, t.State, t.LastAt, t.PromisedBy, t.ClaimedByName }).ToListAsync(ct);
        var teams = await book.All(db, ct);
        var lines = rows.Take(ask.Page.Take).Select(t =>
        {
            var zone = teams[t.TeamId].TimeZone;
            return new PatientThread(t.Id, teams[t.TeamId].Name, zone, t.Topic.Code(), t.Subject, t.State.Code(), Zones.In(t.LastAt, zone),
                t.PromisedBy is { } by ? Zones.In(by, zone) : null, t.ClaimedByName);
        }).ToList();
        return new Page<PatientThread>(lines, rows.Count > lines.Count ? Cursor.Write(lines[^1].LastAt, lines[^1].Id) : null);
    }
}

sealed class ListPatientThreadsApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/patients/{patient}/threads", async ([AsParameters] PageAsk page, IHandle<ListPatientThreadsRequest, Page<PatientThread>> list, CancellationToken ct) =>
                (await list.Handle(new(page), ct)).ToHttp(Results.Ok))
           .WithName("ListPatientThreads").Produces<Page<PatientThread>>();
}
