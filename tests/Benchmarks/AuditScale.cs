using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using PatientPortal.Kernel.Data;
using PatientPortal.Synthetic;
using PatientPortal.Testing;

namespace PatientPortal.Benchmarks;

/// <summary>
/// The audit trail of a large clinic after six years: millions of rows, searched through the API, beside the bare indexed SELECT of the same rows on
/// the same file. <c>-- audit [--rows N] [--folder F]</c>; the aim is under 100 ms for one patient.
/// </summary>
internal static class AuditScale
{
    const int Page = 50, Tries = 200, Patients = 10_000, Staff = 200;

    public static async Task<int> Run(string[] args, string root, string host)
    {
        var (rows, folder) = (5_000_000, Path.Combine(root, "artifacts", "benchmarks"));
        for (var i = 0; i + 1 < args.Length; i += 2)
            if (args[i] is "--rows") rows = int.Parse(args[i + 1], CultureInfo.InvariantCulture);
            else if (args[i] is "--folder") folder = Path.GetFullPath(args[i + 1]);
            else throw new ArgumentException($"There is no option {args[i]}.");
        folder = Path.Combine(folder, $"audit-{rows}");
        var file = Path.Combine(folder, "portal.db");
        var settings = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Development", ["Portal__DataDirectory"] = folder, ["Portal__RunJobs"] = "false", ["Portal__RequestsPerSecond"] = "1000000",
            ["Logging__LogLevel__Default"] = "Warning",
            // The rows here are made up: linking millions of them is measured by itself below.
            ["Portal__LinkAudit"] = "false",
        };
        if (!File.Exists(Path.Combine(folder, "made")))
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
            Directory.CreateDirectory(folder);
            await using (await ServerProcess.Start(host, [], settings, "/health/ready")) { }
            var watch = Stopwatch.StartNew();
            var before = new FileInfo(file).Length;
            Fill(file, rows);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows:N0} rows written in {watch.Elapsed.TotalSeconds:N0} s, {(new FileInfo(file).Length - before) / (double)rows:N0} bytes each with their indexes"));
            await File.WriteAllTextAsync(Path.Combine(folder, "made"), "");
        }

        var late = false;
        var maria = One<Guid>(file, "SELECT patient_id FROM identity_accounts WHERE user_name_key = 'maria'");
        var some = One<Guid>(file, "SELECT patient_id FROM kernel_audit WHERE patient_id <> @maria ORDER BY at LIMIT 1", ("maria", maria));
        var actor = One<Guid>(file, "SELECT actor_id FROM kernel_audit WHERE actor_kind = 'Staff' ORDER BY at LIMIT 1");
        var past = TimeProvider.System.GetUtcNow().AddYears(-5);
        await using (var portal = await ServerProcess.Start(host, [], settings, "/health/ready"))
        {
            using var door = new Connection(portal.Port);
            await door.Open();
            var token = await SignIn(door, "privacy");
            (string Name, string Path, string Bare, (string, object)[] Values)[] searches =
            [
                ("one patient, newest", $"patient={some}", "patient_id = @p", [("p", some)]),
                ("a patient with very many", $"patient={maria}", "patient_id = @p", [("p", maria)]),
                ("that patient, a month five years ago", $"patient={maria}&from={past:yyyy-MM-dd}&to={past.AddDays(30):yyyy-MM-dd}", "patient_id = @p AND at >= @a AND at < @b", [("p", maria), ("a", Instants.Write(past)), ("b", Instants.Write(past.AddDays(31)))]),
                ("that patient, what was refused", $"patient={maria}&outcome=refused", "patient_id = @p AND outcome <> 'ok'", [("p", maria)]),
                ("one staff member", $"actor={actor}", "actor_id = @p", [("p", actor)]),
                ("everybody, what was refused", "outcome=refused", "outcome <> 'ok'", []),
                ("everybody, a month five years ago", $"from={past:yyyy-MM-dd}&to={past.AddDays(30):yyyy-MM-dd}", "at >= @a AND at < @b", [("a", Instants.Write(past)), ("b", Instants.Write(past.AddDays(31)))]),
            ];
            Console.WriteLine($"\n{"search",-40} {"first ms",9} {"p50 ms",8} {"p99 ms",8} {"bare p50",9} {"ratio",6}");
            foreach (var (name, path, bare, values) in searches)
            {
                var request = Request.Get($"/api/v1/staff/audit?{path}&limit={Page}", token);
                var ours = new List<double>();
                for (var i = 0; i < Tries; i++)
                {
                    var watch = Stopwatch.StartNew();
                    if (await door.Send(request) is not 200) throw new InvalidOperationException($"{path}: {System.Text.Encoding.UTF8.GetString(door.Body())}");
                    ours.Add(watch.Elapsed.TotalMilliseconds);
                }
                var first = ours[0];
                ours.Sort();
                var theirs = Bare(file, bare, values);
                late |= path.Contains("patient=", StringComparison.Ordinal) && ours[^2] > 100;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-40} {first,9:0.0} {ours[Tries / 2],8:0.0} {ours[Tries * 99 / 100],8:0.0} {theirs,9:0.00} {ours[Tries / 2] / theirs,6:0}x"));
            }
            var report = Stopwatch.StartNew();
            if (await door.Send(Request.Get("/api/v1/staff/audit/report?by=actor", token)) is not 200) throw new InvalidOperationException("The report failed.");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"report of 30 days by person",-40} {report.Elapsed.TotalMilliseconds,9:0.0}"));
        }
        var verify = Stopwatch.StartNew();
        using var command = Process.Start(new ProcessStartInfo("dotnet", [host, "audit", "verify"])
        {
            WorkingDirectory = Path.GetDirectoryName(host)!, Environment = { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["Portal__DataDirectory"] = folder },
        })!;
        await command.WaitForExitAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"audit verify, with what there was to link: {verify.Elapsed.TotalSeconds:0} s, exit {command.ExitCode}"));
        return late || command.ExitCode is not 0 ? 1 : 0;
    }

    static async Task<string> SignIn(Connection door, string username)
    {
        var body = JsonSerializer.Serialize(new { username, password = Cast.Password, code = Totp.Now(TimeProvider.System) });
        if (await door.Send(Request.Post("/api/v1/sign-in", body)) is not 200) throw new InvalidOperationException(System.Text.Encoding.UTF8.GetString(door.Body()));
        return JsonDocument.Parse(door.Body()).RootElement.GetProperty("accessToken").GetString()!;
    }

    /// <summary>The same rows by the same index, nothing else; the median of as many tries, in milliseconds.</summary>
    static double Bare(string file, string where, (string Name, object Value)[] values)
    {
        using var connection = new SqliteConnection($"Data Source={file};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT * FROM kernel_audit WHERE {where} ORDER BY at DESC, seq DESC LIMIT {Page + 1}";
        foreach (var (name, value) in values) command.Parameters.AddWithValue("@" + name, value);
        command.Prepare();
        var times = new List<double>();
        for (var i = 0; i < Tries; i++)
        {
            var watch = Stopwatch.StartNew();
            using var rows = command.ExecuteReader();
            var cells = new object[rows.FieldCount];
            while (rows.Read()) rows.GetValues(cells);
            times.Add(watch.Elapsed.TotalMilliseconds);
        }
        times.Sort();
        return times[Tries / 2];
    }

    static T One<T>(string file, string sql, params (string Name, object Value)[] values)
    {
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in values) command.Parameters.AddWithValue("@" + name, value);
        using var row = command.ExecuteReader();
        row.Read();
        return row.GetFieldValue<T>(0);
    }

    /// <summary>Six years of a clinic: ten thousand charts and two hundred staff, one chart that is opened all day, one refusal in five hundred.</summary>
    static void Fill(string file, int rows)
    {
        var maria = One<Guid>(file, "SELECT patient_id FROM identity_accounts WHERE user_name_key = 'maria'");
        var (patients, staff) = (Enumerable.Range(0, Patients).Select(_ => Guid.CreateVersion7()).ToArray(), Enumerable.Range(0, Staff).Select(_ => Guid.CreateVersion7()).ToArray());
        var (end, span) = (Instants.Write(TimeProvider.System.GetUtcNow().AddMinutes(-5)), (long)TimeSpan.FromDays(6 * 365).TotalMicroseconds);
        using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        connection.Open();
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.CommandText = """
            INSERT INTO kernel_audit (at, trace_id, actor_kind, actor_id, actor_name, actor_role, relation, patient_id, act, what, says, outcome, address, session_id, door, server, subject)
            VALUES ($at, $trace, $kind, $actor, $name, $role, $relation, $patient, 'Read', 'results', 'Looked at test results', $outcome, '10.20.30.40', $session, 'page', 'portal-1', $subject)
            """;
        var parameters = new[] { "at", "trace", "kind", "actor", "name", "role", "relation", "patient", "outcome", "session", "subject" }
            .ToDictionary(n => n, n => command.Parameters.Add("$" + n, n is "at" ? SqliteType.Integer : SqliteType.Text));
        command.Prepare();
        for (long i = 0; i < rows; i++)
        {
            // A multiplicative hash: even, and the same each time.
            var mixed = (uint)(i * 2654435761L);
            var (own, patient, member) = (mixed % 3 is 0, i % 100 is 0 ? maria : patients[mixed % Patients], staff[mixed / 7 % Staff]);
            parameters["at"].Value = end - span + (long)(span * (i / (double)rows));
            parameters["trace"].Value = mixed.ToString("x8", CultureInfo.InvariantCulture) + "0123456789abcdef01234567";
            parameters["kind"].Value = own ? "Patient" : "Staff";
            parameters["actor"].Value = own ? patient : member;
            parameters["name"].Value = own ? "A Patient" : "A Staff Member";
            parameters["role"].Value = own ? "Patient" : "Nurse";
            parameters["relation"].Value = own ? "self" : "staff";
            parameters["patient"].Value = patient;
            parameters["outcome"].Value = i % 500 is 0 ? "forbidden" : "ok";
            parameters["session"].Value = member;
            parameters["subject"].Value = i % 2 is 0 ? "results/" + patient : DBNull.Value;
            command.ExecuteNonQuery();
        }
        transaction.Commit();
        using var checkpoint = connection.CreateCommand();
        checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        checkpoint.ExecuteNonQuery();
    }
}
