using System.Globalization;
using PatientPortal.Kernel.Data;
using PatientPortal.Testing;

namespace PatientPortal.Host.Tests.Access;

/// <summary>What stands in the database about one patient, in whatever table.</summary>
static class OwnedRows
{
    /// <summary>One thing of the patient's from each table that has a patient.</summary>
    public static async Task<List<(string Table, Guid Id)>> Things(PortalApp app, Guid patient)
    {
        var all = new List<(string, Guid)>();
        foreach (var (table, columns) in await Tables(app))
            if (columns.Contains("id") && (await Query(app, $"SELECT id FROM {table} WHERE patient_id = @patient", patient)).FirstOrDefault() is { } id && Guid.TryParse(id, out var known)) all.Add((table, known));
        return all;
    }

    /// <summary>Each row of the patient's, but for the trail and the notices: they tell of the tries.</summary>
    public static async Task<IReadOnlyList<string>> All(PortalApp app, Guid patient)
    {
        var all = new List<string>();
        foreach (var (table, _) in await Tables(app))
            if (!table.Contains("audit", StringComparison.Ordinal)) all.AddRange((await Query(app, $"SELECT * FROM {table} WHERE patient_id = @patient", patient)).Select(r => $"{table}|{r}"));
        return [.. all.Order(StringComparer.Ordinal)];
    }

    static async Task<List<(string Name, HashSet<string> Columns)>> Tables(PortalApp app)
    {
        var postgres = PortalApp.Engine is Engine.PostgreSql;
        var found = new List<(string, HashSet<string>)>();
        foreach (var table in await Query(app, postgres ? "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'" : "SELECT name FROM sqlite_master WHERE type = 'table'"))
        {
            HashSet<string> columns = [.. await Query(app, postgres ? $"SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = '{table}'" : $"SELECT name FROM pragma_table_info('{table}')")];
            if (columns.Contains("patient_id")) found.Add((table, columns));
        }
        return found;
    }

    static async Task<List<string>> Query(PortalApp app, string sql, Guid? patient = null)
    {
        await using var connection = await app.Database.Open(default);
        await using var command = patient is { } id ? connection.Command(sql, ("patient", id)) : connection.Command(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i) switch { byte[] bytes => Convert.ToHexString(bytes), DBNull => "-", var value => Convert.ToString(value, CultureInfo.InvariantCulture) })));
        return rows;
    }
}
