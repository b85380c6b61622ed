using PatientPortal.Messaging.Data;
using PatientPortal.Messaging.Domain;

namespace PatientPortal.Messaging.ForStaff.ClaimThread;

/// <summary>
/// A staff member takes a conversation. Of two who claim at once one wins, and the other is told by whom. Taking over from a colleague
/// names the colleague whose claim was seen: if somebody else has it by then, that is a conflict too.
/// </summary>
[Does(Act.Update, "message", "Took on a conversation", Needs = "inbox")]
sealed record ClaimThreadRequest(Guid Thread, Guid? TakeOverFrom);

sealed record Claim(Guid Thread, Guid PatientId, string ClaimedBy, DateTimeOffset ClaimedAt);

sealed class ClaimThreadHandler(MessagingDb db, CurrentStaff staff, RequestScope scope, TimeProvider clock) : IHandle<ClaimThreadRequest, Claim>
{
    public Task<Outcome<Claim>> Handle(ClaimThreadRequest ask, CancellationToken ct) => db.OneByOne<Outcome<Claim>>(ask.Thread, async () =>
    {
        var thread = await db.ThreadsFor(staff).SingleOrDefaultAsync(t => t.Id == ask.Thread, ct);
        if (thread is null) return Outcome.NotFound;
        scope.AboutPatient = thread.PatientId;
        if (thread.Claim(staff.Id, staff.Name, ask.TakeOverFrom, clock.GetUtcNow()).Refused(out var no, out _)) return no;

        var claim = new Claim(thread.Id, thread.PatientId, thread.ClaimedByName!, thread.ClaimedAt!.Value);
        return await db.TrySave(claim, ct) is Saved.Done
            ? claim
            : Outcome.Stale();
    }, ct);
}

sealed class ClaimThreadApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/threads/{id:guid}/claim", async (Guid id, Guid? takeOverFrom, IHandle<ClaimThreadRequest, Claim> claim, CancellationToken ct) =>
                (await claim.Handle(new(id, takeOverFrom), ct)).ToHttp(Results.Ok))
           .WithName("ClaimThread").Produces<Claim>().ProducesProblem(409);
}
