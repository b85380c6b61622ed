using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForStaff.StartSupportView;

/// <summary>
/// A staff member begins to look at a patient's pages as the patient sees them, for a quarter of an hour and without changing anything, here or anywhere; the
/// patient reads the reason in their access log. It belongs to this one session and gives no token: signing out ends it.
/// </summary>
[Does(Act.Execute, "support view", "Began to look at your pages to help you", Needs = "support")]
sealed record StartSupportViewRequest(string? Reason);

/// <param name="Pages">Where the pages are.</param>
/// <param name="Until">When it ends by itself; in the clinic's zone.</param>
sealed record StartedView(Guid PatientId, string Pages, DateTimeOffset Until);

sealed class StartSupportViewRules : AbstractValidator<StartSupportViewRequest>
{
    public StartSupportViewRules() =>
        RuleFor(r => r.Reason).Must(r => r?.Trim().Length >= 5).WithMessage("Say what you help with: the patient reads it.").MaximumLength(200);
}

sealed class StartSupportViewHandler(IdentityDb db, CurrentPatient patient, CurrentStaff staff, RequestScope scope, IConfiguration settings, TimeProvider clock) : IHandle<StartSupportViewRequest, StartedView>
{
    public Task<Outcome<StartedView>> Handle(StartSupportViewRequest ask, CancellationToken ct) => db.InTransaction<Outcome<StartedView>>(async () =>
    {
        var (now, session) = (clock.GetUtcNow(), scope.Actor.SessionId);
        await db.SupportVisits.Where(v => v.SessionId == session && v.EndedAt == null && v.EndsAt <= now).ExecuteUpdateAsync(set => set.SetProperty(v => v.EndedAt, v => v.EndsAt), ct);
        var view = new SupportVisit
        {
            Id = Ids.New(clock), SessionId = session, StaffId = staff.Id, PatientId = patient.Id, Reason = ask.Reason!.Trim(), StartedAt = now, EndsAt = now + SupportVisit.Lasts,
        };
        db.Add(view);
        scope.Purpose = $"support: {view.Reason}";
        var started = new StartedView(patient.Id, $"/support/{patient.Id}/", Zones.In(view.EndsAt, PatientPortal.Ui.Clinic.Of(settings).Zone));
        return await db.TrySave(started, ct) is Saved.Done ? started : Outcome.Conflict("support_view_open", "A support view is open in this session already. End it first.");
    }, ct);
}

sealed class StartSupportViewApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/patients/{patient}/support-view", async (StartSupportViewRequest ask, IHandle<StartSupportViewRequest, StartedView> start, CancellationToken ct) =>
                (await start.Handle(ask, ct)).ToHttp(v => Results.Json(v, statusCode: StatusCodes.Status201Created)))
           .WithName("StartSupportView").Produces<StartedView>(201).ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(409);
}
