using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForStaff.ChangeAgeTiers;

/// <summary>An administrator sets from which age on what parents see and whether an own account is allowed; it holds from the next request on.</summary>
/// <param name="Tiers">All of them: those that are missing are gone.</param>
[Does(Act.Update, "age tiers", "Changed what parents see at which age", Needs = "age-tiers", StepUp = true)]
sealed record ChangeAgeTiersRequest(IReadOnlyList<TierLine>? Tiers);

/// <param name="ParentScopes">None: parents' access ends here for good.</param>
sealed record TierLine(int FromAge, IReadOnlyList<string>? ParentScopes, bool OwnAccount);

/// <param name="Jurisdiction">The one that the clinic's setting names.</param>
sealed record TierTable(string Jurisdiction, IReadOnlyList<TierLine> Tiers);

sealed class ChangeAgeTiersRules : AbstractValidator<ChangeAgeTiersRequest>
{
    const int Most = 8;

    public ChangeAgeTiersRules() => RuleFor(r => r.Tiers).Custom((tiers, context) =>
    {
        // A list of JSON may hold null whatever its type says.
        var ages = tiers?.Select(t => t?.FromAge ?? -1).ToList() ?? [];
        if (ages.Count is 0 or > Most || ages[0] is not 0 || ages.Zip(ages.Skip(1)).Any(p => p.First >= p.Second) || ages[^1] > 21)
            context.AddFailure("tiers", "Begin at 0 and rise, to at most 21, in at most 8 steps.");
        else if (tiers!.Any(t => t.ParentScopes is { Count: > 0 } && ProxyPolicy.Written(t.ParentScopes) is null))
            context.AddFailure("tiers", "Choose from appointments, records, messages and medications.");
        else if (tiers!.Select(t => t.ParentScopes is not { Count: > 0 }).ToList() is var ends && (!ends[^1] || ends.Count(e => e) is not 1))
            context.AddFailure("tiers", "Parents' access ends at the last age, and only there.");
    });
}

sealed class ChangeAgeTiersHandler(IdentityDb db, AgeTiers tiers, CurrentStaff staff, TimeProvider clock) : IHandle<ChangeAgeTiersRequest, TierTable>
{
    public async Task<Outcome<TierTable>> Handle(ChangeAgeTiersRequest ask, CancellationToken ct)
    {
        if (!staff.May("age-tiers")) return Outcome.NotFound;
        var held = await db.AgeTiers.Where(t => t.Jurisdiction == tiers.Jurisdiction).ToListAsync(ct);
        db.RemoveRange(held.Where(h => ask.Tiers!.All(t => t.FromAge != h.FromAge)));
        foreach (var line in ask.Tiers!)
        {
            var scopes = ProxyPolicy.Written(line.ParentScopes) ?? "";
            if (held.SingleOrDefault(h => h.FromAge == line.FromAge) is { } tier) (tier.ParentScopes, tier.OwnAccount) = (scopes, line.OwnAccount);
            else db.Add(new AgeTier { Id = Ids.New(clock), Jurisdiction = tiers.Jurisdiction, FromAge = line.FromAge, ParentScopes = scopes, OwnAccount = line.OwnAccount });
        }
        var table = new TierTable(tiers.Jurisdiction, ask.Tiers);
        return await db.TrySave(table, ct) is Saved.Done ? table : Outcome.Stale();
    }
}

/// <summary>The tiers as they are.</summary>
[Does(Act.Read, "age tiers", "Looked at what parents see at which age", Needs = "patients", Trail = false, Because = "Rules; nobody is shown.")]
sealed record SeeAgeTiersRequest;

sealed class SeeAgeTiersHandler(AgeTiers tiers, CurrentStaff staff) : IHandle<SeeAgeTiersRequest, TierTable>
{
    public async Task<Outcome<TierTable>> Handle(SeeAgeTiersRequest ask, CancellationToken ct) =>
        staff.May("patients") ? new TierTable(tiers.Jurisdiction, [.. (await tiers.Current(ct)).Select(t => new TierLine(t.FromAge, Grant.Read(t.ParentScopes), t.OwnAccount))]) : Outcome.NotFound;
}

sealed class ChangeAgeTiersApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/age-tiers", async (IHandle<SeeAgeTiersRequest, TierTable> see, CancellationToken ct) => (await see.Handle(new(), ct)).ToHttp())
           .WithName("SeeAgeTiers").Produces<TierTable>().ProducesProblem(403);
        api.MapPut("/age-tiers", async (ChangeAgeTiersRequest ask, IHandle<ChangeAgeTiersRequest, TierTable> change, CancellationToken ct) => (await change.Handle(ask, ct)).ToHttp())
           .WithName("ChangeAgeTiers").Produces<TierTable>().ProducesProblem(400).ProducesProblem(403).ProducesProblem(412);
    }
}

sealed class AgeTiersNav : IStaffNav
{
    public string Label => "Age tiers";
    public string Path => "/staff/age-tiers";
    public int Order => 83;
    public string Needs => "age-tiers";
}
