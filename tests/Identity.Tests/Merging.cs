using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using PatientPortal.Identity.Data;
using PatientPortal.Kernel.Data;

namespace PatientPortal.Identity.Tests;

/// <summary>What the tests of joined charts do again and again.</summary>
static class Merging
{
    /// <summary>Two people's charts, noted as a pair by the records clerk.</summary>
    public static async Task<Guid> Pair(this PortalApp app, HttpClient clerk, Guid one, Guid other)
    {
        var numbers = await app.Inside(s => Task.FromResult(s.GetRequiredService<IdentityDb>().Patients.Where(p => p.Id == one || p.Id == other).ToDictionary(p => p.Id, p => p.ChartNumber)));
        var answer = await clerk.PostAsJsonAsync("/api/v1/staff/duplicates", new { one = numbers[one], other = numbers[other] });
        answer.StatusCode.ShouldBe(HttpStatusCode.Created, await answer.Content.ReadAsStringAsync());
        return (await answer.Json()).GetProperty("id").GetGuid();
    }

    public static Task<HttpResponseMessage> Merge(this HttpClient clerk, Guid pair, Guid survivor, string? reason = "The same passport") =>
        clerk.PostAsJsonAsync($"/api/v1/staff/duplicates/{pair}/merge", new { survivor, reason });

    public static Task<HttpResponseMessage> Undo(this HttpClient clerk, Guid merge, string? reason = "Two passports") =>
        clerk.PostAsJsonAsync($"/api/v1/staff/merges/{merge}/undo", new { reason });

    /// <summary>Notes the pair and joins it; all modules have heard of it.</summary>
    public static async Task<Guid> Join(this PortalApp app, HttpClient clerk, Guid from, Guid into)
    {
        var answer = await clerk.Merge(await app.Pair(clerk, from, into), into);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        await app.CourierIsIdle();
        return (await answer.Json()).GetProperty("merge").GetGuid();
    }

    /// <summary>The clerk with a proof of who they are that is minutes old at most.</summary>
    public static Task<HttpClient> Clerk(this PortalApp app) => app.SignInAs("records", fresh: true);

    /// <summary>An address that went over and came back is the same, sealed anew.</summary>
    const string KnownPatients = "SELECT id, name, time_zone, language, account_id, email IS NULL FROM messaging_known_patients";

    static readonly string[] Modules = ["scheduling", "records", "messaging", "pharmacy", "interop"];

    /// <summary>Every row of every table of the other modules, value by value: which tables there are, the database says.</summary>
    public static async Task<SortedDictionary<string, List<string>>> ModuleRows(this PortalApp app)
    {
        var rows = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var table in await Names(app))
            if (!table.EndsWith("_joined_charts", StringComparison.Ordinal) && !table.EndsWith("_chart_moves", StringComparison.Ordinal) && !table.EndsWith("_migrations", StringComparison.Ordinal))
                rows[table] = [.. (await Query(app, table is "messaging_known_patients" ? KnownPatients : $"SELECT * FROM {table}")).Order(StringComparer.Ordinal)];
        return rows;
    }

    /// <summary>How many rows of each table belong to this chart.</summary>
    public static async Task<SortedDictionary<string, int>> RowsOf(this PortalApp app, Guid patient)
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var table in await Names(app))
        {
            if (!(await Columns(app, table)).Contains("patient_id")) continue;
            await using var connection = await app.Database.Open(default);
            await using var count = connection.Command($"SELECT COUNT(*) FROM {table} WHERE patient_id = @patient", ("patient", patient));
            counts[table] = Convert.ToInt32(await count.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
        }
        return counts;
    }

    static async Task<List<string>> Names(PortalApp app)
    {
        var all = await Query(app, PortalApp.Engine is Engine.PostgreSql
            ? "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'" : "SELECT name FROM sqlite_master WHERE type = 'table'");
        return [.. all.Where(t => Modules.Any(m => t.StartsWith(m + "_", StringComparison.Ordinal))).Order(StringComparer.Ordinal)];
    }

    static async Task<List<string>> Columns(PortalApp app, string table) => await Query(app, PortalApp.Engine is Engine.PostgreSql
        ? $"SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = '{table}'" : $"SELECT name FROM pragma_table_info('{table}')");

    public static async Task<List<string>> Query(this PortalApp app, string sql)
    {
        await using var connection = await app.Database.Open(default);
        await using var command = connection.Command(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<string>();
        while (await reader.ReadAsync())
        {
            var line = new StringBuilder();
            for (var i = 0; i < reader.FieldCount; i++)
                line.Append(i == 0 ? "" : "|").Append(reader.GetValue(i) switch { byte[] bytes => Convert.ToHexString(bytes), DBNull => "-", var value => Convert.ToString(value, CultureInfo.InvariantCulture) });
            found.Add(line.ToString());
        }
        return found;
    }
}
