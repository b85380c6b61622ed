using System.Globalization;

namespace PatientPortal.Benchmarks;

/// <param name="Patients">How many patients the database holds.</param>
/// <param name="Seconds">How long each point is measured.</param>
/// <param name="Only">Parts of the names of the operations to measure; none for all.</param>
/// <param name="Fresh">Fills the database again although one is kept.</param>
internal sealed record Options(int Patients, double Seconds, IReadOnlyList<int> Connections, IReadOnlyList<string> Only, bool Fresh, string Folder)
{
    public const string Usage = """
        dotnet run -c Release --project tests/Benchmarks -- [options]
          --patients N      patients in the database, generated once and kept (10000)
          --seconds S       seconds a point (5)
          --connections A,B connections at once (1,16,64)
          --only a,b        only operations whose name holds one of these
          --fresh           fill the database again
          --folder F        where databases are kept (artifacts/benchmarks)
        dotnet run -c Release --project tests/Benchmarks -- audit [--rows N] [--folder F]
          the audit trail with millions of rows, searched
        dotnet run -c Release --project tests/Benchmarks -- sign-in
          whether answers tell who has an account, and what guessing gets from one address and from a thousand
        """;

    public static Options Parse(string[] args, string root)
    {
        var options = new Options(10_000, 5, [1, 16, 64], [], false, Path.Combine(root, "artifacts", "benchmarks"));
        for (var i = 0; i < args.Length; i++)
        {
            string Next() => ++i < args.Length ? args[i] : throw new ArgumentException($"{args[i - 1]} wants a value.\n{Usage}");
            options = args[i] switch
            {
                "--patients" => options with { Patients = int.Parse(Next(), CultureInfo.InvariantCulture) },
                "--seconds" => options with { Seconds = double.Parse(Next(), CultureInfo.InvariantCulture) },
                "--connections" => options with { Connections = [.. Next().Split(',').Select(c => int.Parse(c, CultureInfo.InvariantCulture))] },
                "--only" => options with { Only = Next().Split(',') },
                "--fresh" => options with { Fresh = true },
                "--folder" => options with { Folder = Path.GetFullPath(Next()) },
                var other => throw new ArgumentException($"There is no option {other}.\n{Usage}"),
            };
        }
        return options;
    }
}
