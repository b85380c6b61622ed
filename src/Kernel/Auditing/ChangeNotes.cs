using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata;
using PatientPortal.Kernel.Data;
using PatientPortal.Kernel.Sealing;

namespace PatientPortal.Kernel.Auditing;

/// <summary>
/// What a save touches, and old and new value where it changes one (ASTM E2147-18 asks for both). Secrets and sealed texts are named, never told: the
/// trail is no second copy of what is written in the portal.
/// </summary>
sealed class ChangeNotes
{
    /// <summary>Enough to see what was done; an import of thousands has its own log.</summary>
    public const int Most = 20;

    const int Longest = 200;

    readonly List<AuditChange> changes = [];

    /// <summary>The first thing that was made or changed.</summary>
    public string? First { get; private set; }

    public IReadOnlyList<AuditChange>? All => changes.Count > 0 ? changes : null;

    public void Forget()
    {
        changes.Clear();
        First = null;
    }

    public void Add(ChangeTracker tracker)
    {
        foreach (var entry in tracker.Entries())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified or EntityState.Deleted)) continue;
            var name = NameOf(entry);
            First ??= name;
            if (changes.Count >= Most) return;
            if (entry.State is EntityState.Deleted) changes.Add(new(name, null, null, null));
            else if (entry.State is EntityState.Modified) AddFields(entry, name);
        }
    }

    void AddFields(EntityEntry entry, string name)
    {
        foreach (var field in entry.Properties)
        {
            if (!field.IsModified || changes.Count >= Most || field.Metadata.Name is nameof(IVersioned.Version)) continue;
            var (was, now) = (Shown(field.Metadata, field.OriginalValue), Shown(field.Metadata, field.CurrentValue));
            if (was is not null && was == now) continue;
            changes.Add(new(name, field.Metadata.Name, was, now));
        }
    }

    static string NameOf(EntityEntry entry) =>
        entry.Metadata.ShortName() + "/" + string.Join(',', entry.Metadata.FindPrimaryKey()!.Properties.Select(k => entry.Property(k.Name).CurrentValue is byte[] ? "-" : Text(entry.Property(k.Name).CurrentValue)));

    static string? Shown(IProperty field, object? value) => value is null or byte[] || IsSecret(field) ? null : Text(value) is { Length: > Longest } text ? text[..Longest] : Text(value);

    static bool IsSecret(IProperty field) =>
        SealedColumns.IsSealed(field) || field.Name.Contains("Hash", StringComparison.Ordinal) || field.Name.Contains("Secret", StringComparison.Ordinal) || field.Name.Contains("Token", StringComparison.Ordinal);

    static string Text(object? value) => value switch
    {
        DateTimeOffset at => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}
