using PatientPortal.Kernel.Modules;
using PatientPortal.Kernel.Data;
using PatientPortal.Ui;

namespace PatientPortal.Host.Hosting;

/// <summary>The portal's settings, read and checked once at start.</summary>
/// <param name="DataDirectory">Where the database, keys, mail files and heads of the audit chain live.</param>
/// <param name="SyntheticClinic">Whether an empty database is filled with the synthetic clinic.</param>
/// <param name="KeyFile">The vault's key ring.</param>
public sealed record Settings(string DataDirectory, bool SyntheticClinic, Engine Engine, string ConnectionString, string KeyFile)
{
    /// <summary>Whether this start made the key file.</summary>
    public bool KeyFileMade { get; init; }

    public static Settings Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var data = Path.GetFullPath(configuration["Portal:DataDirectory"] ?? Path.Combine(Root(environment.ContentRootPath), "data"));

        var synthetic = environment.IsDevelopment();
        if (configuration["Portal:SyntheticClinic"] is { Length: > 0 } asked && !bool.TryParse(asked, out synthetic))
            throw new CannotStart($"Portal__SyntheticClinic is '{asked}'; it must be true or false.");
        if (synthetic && environment.IsProduction() && configuration["Portal:SyntheticClinic"] is not null)
            throw new CannotStart("Portal__SyntheticClinic is true in Production: its passwords are public. Use ASPNETCORE_ENVIRONMENT=Development, or set it to false.");

        var provider = configuration["Database:Provider"] ?? nameof(Engine.Sqlite);
        if (!Enum.TryParse<Engine>(provider, ignoreCase: true, out var engine) || !Enum.IsDefined(engine))
            throw new CannotStart($"Database__Provider is '{provider}'; it must be Sqlite or PostgreSql.");
        var given = configuration.GetConnectionString("Portal");
        if (engine is Engine.PostgreSql && string.IsNullOrWhiteSpace(given))
            throw new CannotStart("ConnectionStrings__Portal is not set; PostgreSQL needs it (Host=...;Database=...;Username=...;Password=...).");

        var keys = configuration["Vault:KeyFile"];
        if (keys is null && environment.IsProduction())
            throw new CannotStart("Vault__KeyFile is not set. It names the file that holds the keys of sealed columns; keep it apart from the database. `-- vault add-key` makes one.");
        keys = Path.GetFullPath(keys ?? Path.Combine(data, "vault.keys"));
        if (!File.Exists(keys) && environment.IsProduction() && !configuration.GetValue("Vault:MayBeMade", false))
            throw new CannotStart("Vault__KeyFile names a file that does not exist. `-- vault add-key` makes one.");

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(Clinic.Of(configuration).Zone, out _))
            throw new CannotStart($"Portal__TimeZone is '{configuration["Portal:TimeZone"]}'; it must be an IANA zone such as America/New_York.");

        return new(data, synthetic, engine, engine is Engine.PostgreSql ? Postgres(given!) : Sqlite(given, data), keys);
    }

    static string Sqlite(string? given, string data)
    {
        try
        {
            var sqlite = new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder(given ?? $"Data Source={Path.Combine(data, "portal.db")}");
            sqlite.ForeignKeys = true;
            sqlite.DefaultTimeout = 30;
            return sqlite.ToString();
        }
        catch (ArgumentException e)
        {
            throw new CannotStart($"ConnectionStrings__Portal can't be read: {e.Message}");
        }
    }

    static string Postgres(string given)
    {
        try
        {
            var postgres = new Npgsql.NpgsqlConnectionStringBuilder(given) { NoResetOnClose = true };
            if (!given.Contains("Auto Prepare", StringComparison.OrdinalIgnoreCase)) postgres.MaxAutoPrepare = 200;
            if (!given.Contains("Pool Size", StringComparison.OrdinalIgnoreCase)) postgres.MaxPoolSize = 40;
            return postgres.ToString();
        }
        catch (ArgumentException e)
        {
            throw new CannotStart($"ConnectionStrings__Portal can't be read: {e.Message}");
        }
    }

    /// <summary>The folder of the solution, or the content root where there is none (a published portal).</summary>
    static string Root(string from)
    {
        for (var folder = new DirectoryInfo(from); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "PatientPortal.sln"))) return folder.FullName;
        return from;
    }
}
