using PatientPortal.Identity.Data;

namespace PatientPortal.Identity.ForPatients.ListPrivacyQuestions;

/// <summary>What was asked about accesses to this record, and what the clinic answered, newest first. A proxy sees what they asked themselves.</summary>
[Does(Act.Read, "privacy cases", "Looked at questions about who opened this record", Needs = "records")]
sealed record ListPrivacyQuestionsRequest(int? Limit, string? Cursor);

/// <param name="AboutAt">When the access was that is asked about; in the patient's zone, as the others.</param>
/// <param name="About">Who it was, with role.</param>
/// <param name="Finding">"appropriate", "inappropriate", "notwhatitseemed"; null while it is open.</param>
sealed record PrivacyQuestion(
    Guid Id, string Access, string About, DateTimeOffset AboutAt, string AskedBy, string Question, DateTimeOffset AskedAt, DateTimeOffset DueAt,
    string? Finding, string? Answer, DateTimeOffset? AnsweredAt, string? AnsweredBy);

sealed class ListPrivacyQuestionsHandler(IdentityDb db, IAuditReader trail, CurrentPatient me, RequestScope scope) : IHandle<ListPrivacyQuestionsRequest, Page<PrivacyQuestion>>
{
    public async Task<Outcome<Page<PrivacyQuestion>>> Handle(ListPrivacyQuestionsRequest ask, CancellationToken ct)
    {
        var take = PageAsk.Of(ask.Limit).Take;
        var cases = db.PrivacyCases.AsNoTracking().Where(c => c.PatientId == me.Id);
        if (!me.IsSelf) cases = cases.Where(c => c.AskedBy == scope.Actor.AccountId);
        if (ask.Cursor is not null)
        {
            if (!Cursor.TryRead(ask.Cursor, out var at, out var id)) return Cursor.Bad;
            cases = cases.Where(c => c.AskedAt < at || (c.AskedAt == at && c.Id.CompareTo(id) < 0));
        }
        var found = await cases.OrderByDescending(c => c.AskedAt).ThenByDescending(c => c.Id).Take(take + 1).ToListAsync(ct);
        var items = new List<PrivacyQuestion>();
        foreach (var c in found.Take(take))
        {
            var access = await trail.Find(c.AuditSeq, ct);
            items.Add(new(c.Id, c.AuditSeq.ToString(System.Globalization.CultureInfo.InvariantCulture), access is null ? "" : $"{access.ActorName}, {access.ActorRole}",
                In(access?.At ?? c.AskedAt), c.AskedByName, c.Question, In(c.AskedAt), In(c.DueAt),
                c.Finding?.ToString().ToLowerInvariant(), c.Answer, c.AnsweredAt is { } answered ? In(answered) : null, c.AnsweredByName));
        }
        return new Page<PrivacyQuestion>(items, found.Count > take ? Cursor.Write(found[take - 1].AskedAt, found[take - 1].Id) : null);
    }

    DateTimeOffset In(DateTimeOffset at) => Zones.In(at, me.TimeZone);
}

sealed class ListPrivacyQuestionsApi : IPatientApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/privacy-questions", async (int? limit, string? cursor, IHandle<ListPrivacyQuestionsRequest, Page<PrivacyQuestion>> list, CancellationToken ct) =>
                (await list.Handle(new(limit, cursor), ct)).ToHttp())
           .WithName("ListPrivacyQuestions").Produces<Page<PrivacyQuestion>>().ProducesProblem(400).ProducesProblem(404);
}
