using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForStaff.EndProxy;

/// <summary>Staff end somebody's access; it holds from the next request on. A parent's or guardian's ends only by a court's order that is on file: not because the other asks.</summary>
/// <param name="Document">The court's order, when it is not on file yet: a PDF, PNG or JPEG of at most 5 MB.</param>
[Does(Act.Delete, "proxy", "Ended somebody's access to this record", Needs = "proxies")]
sealed record EndProxyRequest(Guid Grant, string? FileName, [property: System.Text.Json.Serialization.JsonIgnore] byte[]? Document);

/// <param name="Document">Base64.</param>
sealed record OrderToEnd(string? FileName, byte[]? Document);

sealed class EndProxyRules : AbstractValidator<EndProxyRequest>
{
    public const int MostBytes = 5 << 20;

    public EndProxyRules() => RuleFor(r => r.Document).Must(d => d!.Length <= MostBytes && GrantDocument.TypeOf(d) is not null)
        .WithMessage("Use a PDF, PNG or JPEG file of at most 5 MB.").When(r => r.Document is { Length: > 0 });
}

sealed class EndProxyHandler(IdentityDb db, CurrentPatient patient, CurrentStaff staff, Grants grants, TimeProvider clock) : IHandle<EndProxyRequest, Done>
{
    public async Task<Outcome<Done>> Handle(EndProxyRequest ask, CancellationToken ct)
    {
        var grant = await db.Grants.SingleOrDefaultAsync(g => g.Id == ask.Grant && g.PatientId == patient.Id, ct);
        if (grant is null) return Outcome.NotFound;
        if (grant.RevokedAt is not null) return default(Done);

        var (because, now) = ("staff", clock.GetUtcNow());
        if (grant.Basis is LegalBasis.ParentalResponsibility or LegalBasis.Guardianship)
        {
            because = "court_order";
            if (ask.Document is { Length: > 0 } content)
                db.Add(new GrantDocument
                {
                    Id = Ids.New(clock), PatientId = patient.Id, Basis = LegalBasis.CourtOrder, FileName = Path.GetFileName(ask.FileName) is { Length: > 0 } name ? name : "document",
                    ContentType = GrantDocument.TypeOf(content)!, Content = content, FiledBy = staff.Id, FiledAt = now,
                });
            else if (!await db.GrantDocuments.AnyAsync(d => d.PatientId == patient.Id && d.Basis == LegalBasis.CourtOrder, ct))
                return Outcome.Refused("needs_court_order", "A parent's or guardian's access ends only by a court's order.", "File the order here. Until then you can freeze all access as a conflict.");
        }
        grants.End(grant, staff.Id, because);
        return await db.TrySave(default(Done), ct) is Saved.Done ? default(Done) : Outcome.Stale();
    }
}

sealed class EndProxyApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/patients/{patient}/proxies/{grant:guid}/end", async (Guid grant, OrderToEnd? order, IHandle<EndProxyRequest, Done> end, CancellationToken ct) =>
                (await end.Handle(new(grant, order?.FileName, order?.Document), ct)).ToHttp(_ => Results.NoContent()))
           .WithName("EndProxy").Produces(204).ProducesProblem(400).ProducesProblem(403).ProducesProblem(404).ProducesProblem(412).ProducesProblem(422)
           .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(2 * EndProxyRules.MostBytes));
}
