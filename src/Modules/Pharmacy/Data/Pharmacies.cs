using PatientPortal.Pharmacy.Domain;

namespace PatientPortal.Pharmacy.Data;

static class Pharmacies
{
    /// <summary>The pharmacy of the patient's last request, else the only one there is; null when nobody can know.</summary>
    public static async Task<DispensingPharmacy?> UsualPharmacy(this PharmacyDb db, Guid patient, CancellationToken ct)
    {
        var last = await db.Refills.AsNoTracking().Where(r => r.PatientId == patient && r.PharmacyId != null)
            .OrderByDescending(r => r.AskedAt).Select(r => r.PharmacyId).FirstOrDefaultAsync(ct);
        if (last is { } used && await db.Pharmacies.AsNoTracking().FirstOrDefaultAsync(p => p.Id == used, ct) is { } usual) return usual;
        var few = await db.Pharmacies.AsNoTracking().OrderBy(p => p.Name).Take(2).ToListAsync(ct);
        return few is [var only] ? only : null;
    }

    /// <summary>The names of some pharmacies, for requests that were sent there.</summary>
    public static async Task<Dictionary<Guid, string>> PharmacyNames(this PharmacyDb db, IEnumerable<Refill> refills, CancellationToken ct)
    {
        var ids = refills.Select(r => r.PharmacyId).OfType<Guid>().Distinct().ToArray();
        return ids.Length is 0 ? [] : await db.Pharmacies.AsNoTracking().Where(p => ids.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, ct);
    }
}
