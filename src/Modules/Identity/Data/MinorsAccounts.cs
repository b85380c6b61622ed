using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Data;

/// <summary>
/// Whether a minor may have an account, and whose it would be: of 3,701 teens' accounts 62 % were registered with a guardian's address (JAH 2021), and
/// then what is the teen's own is the parent's to read.
/// </summary>
sealed class MinorsAccounts(IdentityDb db, AgeTiers tiers, Kernel.Sealing.Vault vault, TimeProvider clock)
{
    public async Task<bool> MayHaveOne(Patient patient, CancellationToken ct) =>
        AgeTier.At(AgeOf(patient), await tiers.Current(ct)).OwnAccount;

    /// <summary>True while staff have to look: the address or phone is that of somebody who cares for the minor. Puts it into their list, once.</summary>
    /// <param name="changing">The account exists and is to be reached elsewhere: what staff settled was another address, so each is a matter of its own.</param>
    public async Task<bool> Concern(Patient patient, string email, CancellationToken ct, bool changing = false)
    {
        var subject = changing ? new Guid(vault.Fingerprinted(System.Text.Encoding.UTF8.GetBytes($"{patient.Id:N} {MailAddress.Key(email)}"), "identity_proxy_concerns.subject_id").AsSpan(0, 16)) : patient.Id;
        var known = await db.ProxyConcerns.AsNoTracking().SingleOrDefaultAsync(c => c.Kind == ConcernKind.SharedContact && c.SubjectId == subject, ct);
        if (known is { SettledAt: not null } || !await IsGuardians(patient, email, changing ? null : patient.Phone, ct)) return false;
        if (known is null)
        {
            db.Add(new ProxyConcern { Id = Ids.New(clock), PatientId = patient.Id, Kind = ConcernKind.SharedContact, SubjectId = subject, FoundAt = clock.GetUtcNow() });
            // Of two at once the second finds it there.
            await db.TrySave(null, ct);
        }
        return true;
    }

    /// <summary>Whether an address or a phone of a minor is that of somebody who cares for them.</summary>
    public async Task<bool> IsGuardians(Patient patient, string? email, string? phone, CancellationToken ct)
    {
        if (AgeTier.At(AgeOf(patient), await tiers.Current(ct)).EndsParents) return false;
        // Sealed columns can't be compared in the database; a minor has few guardians. Those whose access has ended count too.
        var guardians = await (
            from g in db.Grants.AsNoTracking()
            join a in db.Accounts on g.AccountId equals a.Id
            join p in db.Patients on a.PatientId equals p.Id into charts
            from chart in charts.DefaultIfEmpty()
            where g.PatientId == patient.Id
            select new { a.Email, ChartEmail = chart == null ? null : chart.Email, Phone = chart == null ? null : chart.Phone }).ToListAsync(ct);
        return guardians.Any(g => Same(g.Email, email) || Same(g.ChartEmail, email) || (Digits(phone) is { Length: >= 7 } digits && Digits(g.Phone) == digits));
    }

    int AgeOf(Patient patient) => Ages.On(patient.BirthDate, Zones.Date(clock.GetUtcNow(), patient.TimeZone));

    static bool Same(string? one, string? other) => one is not null && other is not null && one.Trim().Equals(other.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>The last ten digits: with and without a country's code it is one number.</summary>
    internal static string Digits(string? phone) => string.Concat((phone ?? "").Where(char.IsAsciiDigit)) is { Length: > 10 } many ? many[^10..] : string.Concat((phone ?? "").Where(char.IsAsciiDigit));
}
