using PatientPortal.Kernel.Modules;
using PatientPortal.Kernel.Access;
using PatientPortal.Kernel.Data;
using PatientPortal.Synthetic;

namespace PatientPortal.Host.Hosting;

/// <summary>
/// Fills an empty database with the synthetic clinic; each module fills its own tables. A start after a kill begins anew.
/// A database that already holds patients, and no mark of ours, is refused.
/// </summary>
sealed class SyntheticClinic(IServiceProvider services, PortalDatabase database, TimeProvider clock)
{
    const string Begun = "synthetic.begun", Done = "synthetic.done";

    public async Task FillWhenEmpty(CancellationToken ct)
    {
        var marks = await Marks(ct);
        if (marks.Contains(Done)) return;
        if (marks.Contains(Begun)) await Wipe(ct);
        else if (await HoldsPatients(ct))
            throw new CannotStart("The database holds patients that are not synthetic. Set Portal__SyntheticClinic to false, or name another database.");
        var now = clock.GetUtcNow();
        await Put(Begun, now, ct);
        var cast = Cast.Of(now);
        // Each module fills its own tables, in a unit of work of its own: they need not wait for each other.
        await Task.WhenAll(Enumerable.Range(0, services.GetServices<ISynthetic>().Count()).Select(n => Task.Run(async () =>
        {
            await using var unit = services.CreateAsyncScope();
            unit.ServiceProvider.GetRequiredService<RequestScope>().Actor = Actor.Portal;
            await unit.ServiceProvider.GetServices<ISynthetic>().ElementAt(n).Fill(cast, ct);
        }, ct)));
        await Put(Done, clock.GetUtcNow(), ct);
    }

    /// <summary>
    /// A start that was killed while it filled left a part of the clinic, and nothing else: it is taken away. So are rows that a migration made;
    /// the module that owns them makes them again when it fills.
    /// </summary>
    async Task Wipe(CancellationToken ct)
    {
        var tables = new List<string>();
        await using (var connection = await database.Open(ct))
        {
            await using var command = connection.Command(database.Engine is Engine.Sqlite
                ? "SELECT name FROM sqlite_master WHERE type = 'table'" : "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()");
            await using var rows = await command.ExecuteReaderAsync(ct);
            while (await rows.ReadAsync(ct)) tables.Add(rows.GetString(0));
        }
        var filled = tables.Where(t => !t.EndsWith("_migrations", StringComparison.Ordinal) && !t.StartsWith("kernel_", StringComparison.Ordinal) && !t.StartsWith("sqlite_", StringComparison.Ordinal) && !t.StartsWith("__", StringComparison.Ordinal)).ToList();
        var wipe = database.Engine is Engine.Sqlite
            ? "PRAGMA defer_foreign_keys = ON; " + string.Concat(filled.Select(t => $"DELETE FROM {t}; "))
            : $"TRUNCATE {string.Join(", ", filled)} CASCADE";
        await database.Execute($"{wipe}; DELETE FROM kernel_settings WHERE name LIKE 'synthetic.%'", ct);
    }

    async Task<bool> HoldsPatients(CancellationToken ct)
    {
        await using var connection = await database.Open(ct);
        await using var command = connection.Command("SELECT COUNT(*) FROM identity_patients");
        return Convert.ToInt64(await command.ExecuteScalarAsync(ct), null) > 0;
    }

    async Task<HashSet<string>> Marks(CancellationToken ct)
    {
        await using var connection = await database.Open(ct);
        await using var command = connection.Command("SELECT name FROM kernel_settings WHERE name LIKE 'synthetic.%'");
        await using var rows = await command.ExecuteReaderAsync(ct);
        var marks = new HashSet<string>();
        while (await rows.ReadAsync(ct)) marks.Add(rows.GetString(0));
        return marks;
    }

    Task Put(string name, DateTimeOffset at, CancellationToken ct) =>
        database.Execute("INSERT INTO kernel_settings (name, value) VALUES (@name, @value)", ct, ("name", name), ("value", at.ToString("O")));

    /// <summary>What a newcomer needs: the address and who can sign in.</summary>
    public static void Print(IEnumerable<string> urls)
    {
        Console.WriteLine();
        Console.WriteLine($"  The patient portal is ready at {string.Join(", ", urls)}");
        Console.WriteLine();
        Console.WriteLine("  Synthetic clinic. Password for everybody: Portal-demo-2026");
        Console.WriteLine("    patients   maria, james (cares for his daughter), aisha");
        Console.WriteLine("    staff      drlee, nurse, frontdesk, pharmacist, records, privacy, admin   (the second factor's code is shown beside the form)");
        Console.WriteLine("  E-mail goes to /mailbox. API: /api/docs");
        Console.WriteLine();
    }
}
