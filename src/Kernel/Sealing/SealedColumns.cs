using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using PatientPortal.Kernel.Data;

namespace PatientPortal.Kernel.Sealing;

/// <summary>Columns whose values are sealed on their way into the database and opened on their way out.</summary>
public static class SealedColumns
{
    const string Mark = "Portal:Sealed";

    /// <summary>Seals this column. It can't be queried, sorted or indexed.</summary>
    /// <param name="pack">False where values are short-lived: packing costs more than sealing.</param>
    public static PropertyBuilder<T> Sealed<T>(this PropertyBuilder<T> property, bool pack = true)
    {
        if (typeof(T) != typeof(string) && typeof(T) != typeof(byte[]))
            throw new NotSupportedException($"{property.Metadata.Name}: only text and bytes can be sealed.");
        property.Metadata.SetAnnotation(Mark, pack ? "packed" : "plain");
        return property;
    }

    internal static bool IsSealed(Microsoft.EntityFrameworkCore.Metadata.IReadOnlyProperty property) => property.FindAnnotation(Mark) is not null;

    /// <summary>The purpose that a sealed column's values carry.</summary>
    internal static string PurposeOf(string table, string column) => $"{table}.{column}";

    internal static void Apply(DbContext db, ModelBuilder model)
    {
        // Only one model a key ring is ever built (see PerVault), so the converters may hold the vault itself.
        var vault = db.GetService<IDbContextOptions>().FindExtension<PortalExtension>()?.Vault;
        foreach (var entity in model.Model.GetEntityTypes())
            foreach (var property in entity.GetProperties().Where(IsSealed))
            {
                var purpose = PurposeOf(entity.GetTableName()!, property.GetColumnName());
                var pack = property.FindAnnotation(Mark)!.Value is "packed";
                property.SetMaxLength(null);
                if (property.ClrType == typeof(string))
                {
                    property.SetValueConverter(new ValueConverter<string, byte[]>(text => SealText(vault, text, purpose, pack), box => OpenText(vault, box, purpose)));
                    continue;
                }
                property.SetValueConverter(new ValueConverter<byte[], byte[]>(bytes => SealBytes(vault, bytes, purpose, pack), box => OpenBytes(vault, box, purpose)));
                property.SetValueComparer(new ValueComparer<byte[]>((a, b) => Same(a, b), a => a.Length, a => a));
            }
    }

    // Expression trees can't hold spans.
    static byte[] SealText(Vault? vault, string text, string purpose, bool pack) => Needed(vault).Seal(text, purpose, pack);
    static string OpenText(Vault? vault, byte[] box, string purpose) => Needed(vault).OpenText(box, purpose);
    static byte[] SealBytes(Vault? vault, byte[] bytes, string purpose, bool pack) => Needed(vault).Seal(bytes.AsSpan(), purpose, pack);
    static byte[] OpenBytes(Vault? vault, byte[] box, string purpose) => Needed(vault).Open(box, purpose);
    static Vault Needed(Vault? vault) => vault ?? throw new InvalidOperationException("This context was made without a vault.");
    static bool Same(byte[]? a, byte[]? b) => ReferenceEquals(a, b) || (a is not null && b is not null && a.AsSpan().SequenceEqual(b));
}
