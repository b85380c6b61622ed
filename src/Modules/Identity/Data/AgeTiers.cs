using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Data;

/// <summary>The tiers of the clinic's jurisdiction, youngest first.</summary>
sealed class AgeTiers(IdentityDb db, IConfiguration settings)
{
    public string Jurisdiction { get; } = JurisdictionOf(settings);

    public static string JurisdictionOf(IConfiguration settings) => settings["Identity:Jurisdiction"] is { Length: > 0 } set ? set : AgeTier.Usual;

    public async Task<IReadOnlyList<AgeTier>> Current(CancellationToken ct)
    {
        var tiers = await db.AgeTiers.AsNoTracking().Where(t => t.Jurisdiction == Jurisdiction).OrderBy(t => t.FromAge).ToListAsync(ct);
        return tiers.Count > 0 ? tiers : AgeTier.Usually;
    }
}
