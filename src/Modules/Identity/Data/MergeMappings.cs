using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Data;

/// <summary>Charts that are one person's, and what of this module follows when they are joined.</summary>
static class MergeMappings
{
    /// <summary>What moves to the chart that stays, and back.</summary>
    public static readonly IReadOnlySet<Type> Moving = new HashSet<Type> { typeof(PatientIdentifier), typeof(PatientResource), typeof(GrantDocument), typeof(ProxyConcern), typeof(PrivacyCase) };

    /// <summary>What does not, and why.</summary>
    public static readonly IReadOnlyDictionary<Type, string> Staying = new Dictionary<Type, string>
    {
        [typeof(Account)] = "Follows when the other chart has none, else it is disabled (ChartJoining).",
        [typeof(Grant)] = "Re-evaluated one by one (JoinedGrants).",
        [typeof(ChartTie)] = "Looked for in both (StaffDoor): the stricter holds.",
        [typeof(BrokenGlass)] = "Whose glass was broken when, is history of that chart.",
        [typeof(SupportVisit)] = "Ended when its chart is absorbed.",
        [typeof(ProxyInvitation)] = "Withdrawn when its chart is absorbed.",
        [typeof(SignUp)] = "Its link opens nothing once its chart is absorbed (NewAccounts).",
        [typeof(ReportedContact)] = "Set aside when its chart is absorbed.",
        [typeof(ActivationCode)] = "Revoked when its chart is absorbed.",
    };

    public static bool Follows(Type entity) => Moving.Contains(entity);

    public static void Map(ModelBuilder model)
    {
        model.Entity<ChartMerge>(e =>
        {
            // A chart is absorbed once at a time: of two merges of the same charts at once, the second is refused here.
            e.HasIndex(m => m.FromId).IsUnique().HasFilter("undone_at IS NULL");
            e.HasIndex(m => m.IntoId);
            e.HasIndex(m => new { m.At, m.Id });
            e.Property(m => m.Reason).Sealed();
            e.Property(m => m.UndoneReason).Sealed();
            e.Property(m => m.Grants).HasConversion(new ValueConverter<List<JoinedGrant>, string>(
                grants => JsonSerializer.Serialize(grants, (JsonSerializerOptions?)null), text => JsonSerializer.Deserialize<List<JoinedGrant>>(text, (JsonSerializerOptions?)null)!),
                new ValueComparer<List<JoinedGrant>>((a, b) => a == b || (a != null && b != null && a.SequenceEqual(b)), grants => grants.Count, grants => grants.ToList()));
            e.HasOne<Patient>().WithMany().HasForeignKey(m => m.FromId);
            e.HasOne<Patient>().WithMany().HasForeignKey(m => m.IntoId);
        });
        model.Entity<DuplicatePair>(e =>
        {
            e.HasIndex(p => new { p.OneId, p.OtherId }).IsUnique();
            e.HasIndex(p => p.OtherId);
            e.HasIndex(p => new { p.State, p.Score, p.Id });
            e.Property(p => p.Note).Sealed();
            e.HasOne<Patient>().WithMany().HasForeignKey(p => p.OneId);
            e.HasOne<Patient>().WithMany().HasForeignKey(p => p.OtherId);
        });
        model.Entity<DuplicateSearch>().Property(s => s.Id).ValueGeneratedNever();
    }
}
