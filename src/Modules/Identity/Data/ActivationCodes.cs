using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Data;

/// <summary>Makes the codes that open a chart to whoever has the letter; only their hashes are kept.</summary>
sealed class ActivationCodes(IdentityDb db, TimeProvider clock)
{
    /// <summary>In groups of four, as it stands in the letter.</summary>
    public static string New() => string.Join('-', Codes.Readable(IdentityLimits.ActivationLength).Chunk(4).Select(c => new string(c)));

    /// <summary>This one opens the chart from now on, those before it don't. Part of the caller's transaction; their save writes it.</summary>
    public async Task Issue(Guid patient, Guid staff, string code, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        await db.ActivationCodes.Where(c => c.PatientId == patient && c.UsedAt == null && c.RevokedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(c => c.RevokedAt, now).SetProperty(c => c.IsReplaced, true), ct);
        db.Add(new ActivationCode
        {
            Id = Ids.New(clock), PatientId = patient, CodeHash = Secret.HashTyped(code), IssuedAt = now, IssuedBy = staff, ExpiresAt = now + IdentityLimits.ActivationCode,
        });
    }
}
