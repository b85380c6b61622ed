using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace PatientPortal.Kernel.Data;

/// <summary>The names in the database: <c>scheduling_appointments.starts_at</c>. The prefix is the context's: SchedulingDb maps scheduling_.</summary>
static class Naming
{
    public static string PrefixOf(Type db) => Snake(db.Name.EndsWith("Db", StringComparison.Ordinal) ? db.Name[..^2] : db.Name);

    public static void Apply(DbContext db, ModelBuilder model)
    {
        var prefix = PrefixOf(db.GetType());
        foreach (var entity in model.Model.GetEntityTypes())
        {
            if (entity.IsOwned() && entity.GetTableName() is { } shared && entity.FindOwnership()?.PrincipalEntityType.GetTableName() == shared) continue;
            entity.SetTableName($"{prefix}_{Snake(entity.GetTableName() ?? entity.ClrType.Name)}");
        }
        foreach (var entity in model.Model.GetEntityTypes())
        {
            var table = entity.GetTableName()!;
            foreach (var property in entity.GetProperties())
                property.SetColumnName(Snake(property.GetColumnName(StoreObjectIdentifier.Table(table)) ?? property.Name));
            foreach (var key in entity.GetKeys()) key.SetName($"{(key.IsPrimaryKey() ? "pk" : "ak")}_{table}{Columns(key.IsPrimaryKey() ? [] : key.Properties)}");
            foreach (var foreign in entity.GetForeignKeys()) foreign.SetConstraintName($"fk_{table}{Columns(foreign.Properties)}");
            foreach (var index in entity.GetIndexes())
                index.SetDatabaseName(index.Name is { } named ? $"ix_{table}_{Snake(named)}" : $"ix_{table}{Columns(index.Properties)}");
        }
    }

    static string Columns(IEnumerable<IReadOnlyProperty> properties) => string.Concat(properties.Select(p => "_" + Snake(p.Name)));

    internal static string Snake(string name)
    {
        var text = new StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsUpper(name[i]) && i > 0 && name[i - 1] is not '_' && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])))) text.Append('_');
            text.Append(char.ToLowerInvariant(name[i]));
        }
        return text.ToString();
    }
}
