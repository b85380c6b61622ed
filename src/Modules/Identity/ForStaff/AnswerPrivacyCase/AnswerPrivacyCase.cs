using PatientPortal.Identity.Contracts;
using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForStaff.AnswerPrivacyCase;

/// <summary>The privacy officer answers a patient's question about an access, once; whoever's access it was does not answer it.</summary>
/// <param name="Finding">"appropriate", "inappropriate" or "notWhatItSeemed".</param>
[StandsBeforeChart, Does(Act.Update, "privacy case", "Answered a question about who opened this record", Needs = "privacy")]
sealed record AnswerPrivacyCaseRequest(Guid Case, string? Finding, string? Answer);

sealed record AnsweredPrivacyCase(Guid Id, DateTimeOffset AnsweredAt);

sealed record AnswerPrivacyCaseBody(string? Finding, string? Answer);

sealed class AnswerPrivacyCaseRules : AbstractValidator<AnswerPrivacyCaseRequest>
{
    public AnswerPrivacyCaseRules()
    {
        RuleFor(r => r.Finding).Must(f => Enum.TryParse<PrivacyFinding>(f, ignoreCase: true, out var finding) && Enum.IsDefined(finding) && !f!.Any(char.IsDigit))
            .WithMessage("Choose what the inquiry found.");
        RuleFor(r => r.Answer).NotEmpty().WithMessage("Write what the patient reads.").MaximumLength(4000).WithMessage("Use at most 4,000 characters.");
    }
}

sealed class AnswerPrivacyCaseHandler(IdentityDb db, CurrentStaff staff, RequestScope scope, IConfiguration settings, TimeProvider clock) : IHandle<AnswerPrivacyCaseRequest, AnsweredPrivacyCase>
{
    public async Task<Outcome<AnsweredPrivacyCase>> Handle(AnswerPrivacyCaseRequest ask, CancellationToken ct)
    {
        var one = await db.PrivacyCases.SingleOrDefaultAsync(c => c.Id == ask.Case, ct);
        if (one is null) return Outcome.NotFound;
        scope.AboutPatient = one.PatientId;
        if (one.QuestionedId == staff.Id) return Outcome.Refused("own_access", "This question is about an access of yours.", "Another privacy officer answers it; an administrator can appoint one.");
        if (one.AnsweredAt is not null) return Outcome.Conflict("already_answered", "Somebody has answered this question already.");

        one.Close(Enum.Parse<PrivacyFinding>(ask.Finding!, ignoreCase: true), ask.Answer!.Trim(), staff, clock.GetUtcNow());
        if (await db.Accounts.AsNoTracking().Where(a => a.Id == one.AskedBy).Select(a => new { a.Email, a.Language }).SingleOrDefaultAsync(ct) is { } asker)
            db.Announce(new PrivacyCaseAnswered(one.Id, one.PatientId, one.AskedBy, asker.Email, asker.Language), one.PatientId);
        var answered = new AnsweredPrivacyCase(one.Id, Zones.In(one.AnsweredAt!.Value, PatientPortal.Ui.Clinic.Of(settings).Zone));
        return await db.TrySave(answered, ct) is Saved.Done ? answered : Outcome.Conflict("already_answered", "Somebody has answered this question already.");
    }
}

/// <summary>One question with the access it is about, for whoever answers it.</summary>
[StandsBeforeChart, Does(Act.Read, "privacy case", "Looked at a question about who opened this record", Needs = "privacy")]
sealed record SeePrivacyCaseRequest(Guid Case);

/// <param name="Access">Null when the trail has no such record: verify the trail.</param>
/// <param name="Own">The reader's own access: they don't answer it.</param>
sealed record PrivacyCaseToAnswer(
    Guid Id, Guid PatientId, string PatientName, string AskedBy, string Question, DateTimeOffset AskedAt, DateTimeOffset DueAt, bool Late, bool Own, QuestionedRecord? Access,
    string? Finding, string? Answer, DateTimeOffset? AnsweredAt, string? AnsweredBy) : IAboutPatients
{
    IEnumerable<Guid> IAboutPatients.PatientIds => [PatientId];
}

sealed record QuestionedRecord(long Record, DateTimeOffset At, Guid ActorId, string Actor, string Role, string? Relation, string Says, string Outcome, string? Purpose, string? Reason, string? Subject, string? Address, string? Door);

sealed class SeePrivacyCaseHandler(IdentityDb db, IAuditReader trail, CurrentStaff staff, IConfiguration settings, TimeProvider clock) : IHandle<SeePrivacyCaseRequest, PrivacyCaseToAnswer>
{
    public async Task<Outcome<PrivacyCaseToAnswer>> Handle(SeePrivacyCaseRequest ask, CancellationToken ct)
    {
        var one = await db.PrivacyCases.AsNoTracking().SingleOrDefaultAsync(c => c.Id == ask.Case, ct);
        if (one is null) return Outcome.NotFound;
        var name = await db.Patients.Where(p => p.Id == one.PatientId).Select(p => p.Name).SingleAsync(ct);
        var zone = PatientPortal.Ui.Clinic.Of(settings).Zone;
        var record = await trail.Find(one.AuditSeq, ct);
        return new PrivacyCaseToAnswer(one.Id, one.PatientId, name, one.AskedByName, one.Question, Zones.In(one.AskedAt, zone), Zones.In(one.DueAt, zone),
            one.AnsweredAt is null && one.DueAt <= clock.GetUtcNow(), one.QuestionedId == staff.Id,
            record is null ? null : new(record.Seq, Zones.In(record.At, zone), record.ActorId, record.ActorName, record.ActorRole, record.Relation, record.Says, record.Outcome,
                record.Purpose, record.Detail?.Reason, record.Subject, record.Address, record.Door),
            one.Finding?.ToString().ToLowerInvariant(), one.Answer, one.AnsweredAt is { } at ? Zones.In(at, zone) : null, one.AnsweredByName);
    }
}

sealed class AnswerPrivacyCaseApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/privacy-cases/{id:guid}", async (Guid id, IHandle<SeePrivacyCaseRequest, PrivacyCaseToAnswer> see, CancellationToken ct) => (await see.Handle(new(id), ct)).ToHttp())
           .WithName("SeePrivacyCase").Produces<PrivacyCaseToAnswer>().ProducesProblem(404);
        api.MapPost("/privacy-cases/{id:guid}/answer", async (Guid id, AnswerPrivacyCaseBody body, IHandle<AnswerPrivacyCaseRequest, AnsweredPrivacyCase> answer, CancellationToken ct) =>
                (await answer.Handle(new(id, body.Finding, body.Answer), ct)).ToHttp())
           .WithName("AnswerPrivacyCase").Produces<AnsweredPrivacyCase>().ProducesProblem(400).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
    }
}
