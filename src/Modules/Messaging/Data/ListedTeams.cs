using PatientPortal.Messaging.Domain;

namespace PatientPortal.Messaging.Data;

/// <summary>The teams that can be written to, for a form: those that answer the topic first, each with the time it would answer by.</summary>
sealed class ListedTeams(MessagingDb db, TeamBook book, TimeProvider clock)
{
    public async Task<IReadOnlyList<ListedTeam>> For(Topic topic, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        return
        [
            .. (await book.All(db, ct)).Values.Where(t => t.Active)
                .OrderByDescending(t => t.Topics.Any(x => x.Topic == topic)).ThenBy(t => t.Rank).ThenBy(t => t.Name)
                .Select(t => new ListedTeam(t.Id, t.Name, t.SpanishName, t.TimeZone, t.PromiseFor(now))),
        ];
    }
}

sealed record ListedTeam(Guid Id, string Name, string? SpanishName, string TimeZone, DateTimeOffset AnswerBy)
{
    public string NameIn(string language) => language is "es" ? SpanishName ?? Name : Name;
}
