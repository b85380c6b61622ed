using PatientPortal.Kernel.Access;
using PatientPortal.Kernel.Data;
using PatientPortal.Synthetic;

namespace PatientPortal.Host.Hosting;

/// <summary>
/// Fills an empty database with the synthetic clinic. Each module fills its own tables; a mark for each that is done makes a start after a
/// kill go on where it stopped. A database that already holds patients, and no such mark, is refused.
/// </summary>
sealed class SyntheticClinic(IEnumerable<ISynthetic> parts, PortalDatabase database, TimeProvider clock)
{
    const string Mark = "synthetic.";

    public async Task FillWhenEmpty(CancellationToken ct)
    {
        var marks = await Marks(ct);
        if (marks.Contains(Mark + "done")) return;
        if (!marks.Contains(Mark + "begun"))
        {
            if (await HoldsPatients(ct))
                throw new WrongSetting("The database holds patients that are not synthetic. Set Portal__SyntheticClinic to false, or name another database.");
            await Put(Mark + "begun", clock.GetUtcNow().ToString("O"), ct);
        }
        var begun = DateTimeOffset.Parse((await Get(Mark + "begun", ct))!, null);
        var cast = Cast.Of(begun);
        foreach (var part in parts.OrderBy(p => p.Order))
        {
            var mark = Mark + part.GetType().Name;
            if (marks.Contains(mark)) continue;
            await part.Fill(cast, ct);
            await Put(mark, "done", ct);
        }
        await Put(Mark + "done", clock.GetUtcNow().ToString("O"), ct);
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

    async Task<string?> Get(string name, CancellationToken ct)
    {
        await using var connection = await database.Open(ct);
        await using var command = connection.Command("SELECT value FROM kernel_settings WHERE name = @name", ("name", name));
        return await command.ExecuteScalarAsync(ct) as string;
    }

    Task Put(string name, string value, CancellationToken ct) =>
        database.Execute("INSERT INTO kernel_settings (name, value) VALUES (@name, @value)", ct, ("name", name), ("value", value));

    /// <summary>What a newcomer needs: the address and who can sign in.</summary>
    public static void Print(IEnumerable<string> urls)
    {
        Console.WriteLine();
        Console.WriteLine($"  The patient portal is ready at {string.Join(", ", urls)}");
        Console.WriteLine();
        Console.WriteLine("  Synthetic clinic. Password for everybody: Portal-demo-2026");
        Console.WriteLine("    patients   maria, james (cares for his daughter), aisha");
        Console.WriteLine("    staff      drlee, nurse, frontdesk, pharmacist, admin   (the second factor's code is shown beside the form)");
        Console.WriteLine("  E-mail goes to /mailbox. API: /api/docs");
        Console.WriteLine();
    }
}
