using PatientPortal.Kernel.Data;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Host.Tests.Hosting;

public sealed class SyntheticClinicTests
{
    /// <summary>How many rows each table of a module has.</summary>
    static async Task<SortedDictionary<string, long>> Rows(PortalApp app)
    {
        await using var connection = await app.Database.Open(CancellationToken.None);
        var tables = new List<string>();
        await using (var command = connection.Command(app.Database.Engine is Engine.Sqlite
            ? "SELECT name FROM sqlite_master WHERE type = 'table'" : "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"))
        await using (var rows = await command.ExecuteReaderAsync())
            while (await rows.ReadAsync()) tables.Add(rows.GetString(0));
        var counts = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in tables.Where(t => t.Contains('_', StringComparison.Ordinal) && !t.StartsWith("kernel_", StringComparison.Ordinal) && !t.StartsWith("sqlite_", StringComparison.Ordinal)))
        {
            await using var count = connection.Command($"SELECT COUNT(*) FROM \"{table}\"");
            counts[table] = Convert.ToInt64(await count.ExecuteScalarAsync(), null);
        }
        return counts;
    }

    [Fact]
    public async Task a_start_after_a_kill_in_the_middle_of_filling_gives_the_whole_clinic()
    {
        await using var app = await PortalApp.New();
        var whole = await Rows(app);
        whole.Count.ShouldBeGreaterThan(40);
        await app.Database.Execute("DELETE FROM kernel_settings WHERE name = 'synthetic.done'", CancellationToken.None);

        await using var again = await app.StartedAgain();
        (await Rows(again)).ShouldBe(whole);
        using var types = await (await again.SignInAs("maria")).GetAsync("/api/v1/visit-types");
        types.IsSuccessStatusCode.ShouldBeTrue();
    }
}
