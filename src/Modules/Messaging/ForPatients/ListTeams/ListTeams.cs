using PatientPortal.Messaging.Data;
using PatientPortal.Messaging.Domain;

namespace PatientPortal.Messaging.ForPatients.ListTeams;

/// <summary>The teams a patient can write to, each with the time by which it would answer a message sent now.</summary>
[Does(Act.Read, "teams", "Looked at whom to write to", Needs = "messages", Trail = false, Because = "Teams and their hours are not about any patient.")]
sealed record ListTeamsRequest;

/// <param name="AnswerBy">Closing time of the promised business day, in the team's zone.</param>
/// <param name="TimeZone">The team's IANA zone.</param>
/// <param name="Topics">The topics it is suggested for.</param>
sealed record TeamChoice(
    Guid Id, string Name, string? Phone, bool OpenNow, DateTimeOffset AnswerBy, string TimeZone, IReadOnlyList<string> Topics);

sealed class ListTeamsHandler(MessagingDb db, TeamBook teams, CurrentPatient me, Texts T, TimeProvider clock) : IHandle<ListTeamsRequest, Page<TeamChoice>>
{
    public async Task<Outcome<Page<TeamChoice>>> Handle(ListTeamsRequest ask, CancellationToken ct)
    {
        _ = me;
        var now = clock.GetUtcNow();
        var choices = (await teams.All(db, ct)).Values.Where(t => t.Active).OrderBy(t => t.Rank).ThenBy(t => t.Name)
            .Select(t => new TeamChoice(t.Id, t.NameIn(T.Language), t.Phone, t.BusinessHours.IsOpen(now),
                Zones.In(t.PromiseFor(now), t.TimeZone), t.TimeZone, [.. t.Topics.Select(x => x.Topic.Code()).Order()]));
        return new Page<TeamChoice>([.. choices], null);
    }
}

sealed class ListTeamsApi : IPatientApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/teams", async (IHandle<ListTeamsRequest, Page<TeamChoice>> list, CancellationToken ct) =>
                (await list.Handle(new(), ct)).ToHttp(Results.Ok))
           .WithName("ListTeams").Produces<Page<TeamChoice>>();
}
