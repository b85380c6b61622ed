using System.Globalization;
using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForPatients.QuestionAccess;

/// <summary>Somebody asks why their record was opened: a case that the privacy officer answers by a day that is told; asked twice, it is the same case.</summary>
/// <param name="Access">The id of the line in the access log.</param>
[Does(Act.Create, "privacy case", "Asked why this record was opened", Needs = "records")]
sealed record QuestionAccessRequest(string Access, string? Question);

/// <param name="DueAt">In the patient's zone: by then it is answered.</param>
sealed record QuestionedAccess(Guid Id, DateTimeOffset DueAt);

sealed record QuestionAccessBody(string? Question);

sealed class QuestionAccessRules : AbstractValidator<QuestionAccessRequest>
{
    public QuestionAccessRules() =>
        RuleFor(r => r.Question).NotEmpty().WithMessage("Say in a few words what surprises you.").MaximumLength(2000).WithMessage("Use at most 2,000 characters.");
}

sealed class QuestionAccessHandler(IdentityDb db, IAuditReader trail, CurrentPatient me, RequestScope scope, TimeProvider clock) : IHandle<QuestionAccessRequest, QuestionedAccess>
{
    public async Task<Outcome<QuestionedAccess>> Handle(QuestionAccessRequest ask, CancellationToken ct)
    {
        if (!long.TryParse(ask.Access, NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
            || await trail.Find(seq, ct) is not { } access || !await db.IsOf(me.Id, access.PatientId, ct)) return Outcome.NotFound;
        if (access.ActorId == scope.Actor.AccountId)
            return Outcome.Refused("own_access", "This was you.", "If you did not do this, change your password and sign out everywhere else.");

        return await db.OneByOne<Outcome<QuestionedAccess>>(me.Id, async () =>
        {
            if (await Open(seq, ct) is { } before) return before;
            if (await db.PrivacyCases.CountAsync(c => c.PatientId == me.Id && c.AnsweredAt == null, ct) >= IdentityLimits.OpenPrivacyCases)
                return Outcome.Refused("too_many_open", "There are many open questions already.", "Wait for the answers, or call the clinic and ask for the privacy officer.");
            var now = clock.GetUtcNow();
            var asked = new PrivacyCase
            {
                Id = Ids.New(clock), PatientId = me.Id, AuditSeq = seq, QuestionedId = access.ActorId,
                AskedBy = scope.Actor.AccountId, AskedByName = scope.Actor.Name, Question = ask.Question!.Trim(), AskedAt = now, DueAt = now + IdentityLimits.PrivacyAnswer,
            };
            db.Add(asked);
            var answer = new QuestionedAccess(asked.Id, Zones.In(asked.DueAt, me.TimeZone));
            return await db.TrySave(answer, ct) is Saved.Done ? answer : Outcome.Conflict("try_again", "That did not work out. Please try again.");
        }, ct);
    }

    async Task<QuestionedAccess?> Open(long seq, CancellationToken ct) =>
        await db.PrivacyCases.AsNoTracking().Where(c => c.PatientId == me.Id && c.AuditSeq == seq).Select(c => new { c.Id, c.DueAt }).SingleOrDefaultAsync(ct) is { } found
            ? new(found.Id, Zones.In(found.DueAt, me.TimeZone)) : null;
}

/// <summary>The access that is about to be questioned, so that it is the right one.</summary>
[Does(Act.Read, "access log", "Looked at who opened this record", Needs = "records")]
sealed record AccessToQuestionRequest(string Access);

/// <param name="What">In plain words.</param>
sealed record AccessToQuestion(DateTimeOffset At, string Who, string Role, string What);

sealed class AccessToQuestionHandler(IAuditReader trail, IdentityDb db, CurrentPatient me) : IHandle<AccessToQuestionRequest, AccessToQuestion>
{
    public async Task<Outcome<AccessToQuestion>> Handle(AccessToQuestionRequest ask, CancellationToken ct) =>
        long.TryParse(ask.Access, NumberStyles.None, CultureInfo.InvariantCulture, out var seq) && await trail.Find(seq, ct) is { } access && await db.IsOf(me.Id, access.PatientId, ct)
            ? new AccessToQuestion(Zones.In(access.At, me.TimeZone), access.ActorName, access.ActorKind is ActorKind.Staff ? access.ActorRole : access.Relation ?? access.ActorRole, access.Says)
            : Outcome.NotFound;
}

sealed class QuestionAccessApi : IPatientApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/access-log/{access}", async (string access, IHandle<AccessToQuestionRequest, AccessToQuestion> see, CancellationToken ct) => (await see.Handle(new(access), ct)).ToHttp())
           .WithName("SeeAccess").Produces<AccessToQuestion>().ProducesProblem(404);
        api.MapPost("/access-log/{access}/question", async (string access, QuestionAccessBody body, IHandle<QuestionAccessRequest, QuestionedAccess> question, CancellationToken ct) =>
                (await question.Handle(new(access, body.Question), ct)).ToHttp(q => Results.Json(q, statusCode: StatusCodes.Status201Created)))
           .WithName("QuestionAccess").Produces<QuestionedAccess>(201).ProducesProblem(400).ProducesProblem(404).ProducesProblem(422);
    }
}
