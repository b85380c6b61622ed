using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using PatientPortal.Host.Commands;
using PatientPortal.Kernel.Data;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Host.Tests.Hosting;

public sealed class SoleHostTests
{
    /// <summary>What another process would be.</summary>
    static SoleHost Another(PortalApp app) => new(app.Database, app.Services.GetRequiredService<IServiceScopeFactory>(), NullLogger<SoleHost>.Instance);

    [Fact]
    public async Task the_running_portal_has_its_database_for_itself()
    {
        await using var app = await PortalApp.New();
        using (var another = Another(app)) another.TryEnter().ShouldBe(PortalApp.Engine is Engine.PostgreSql);

        // Nobody has it once it has ended: it starts again at once.
        await using var again = await app.StartedAgain();
        using (var another = Another(again)) another.TryEnter().ShouldBe(PortalApp.Engine is Engine.PostgreSql);
        (await again.SignInAs("maria")).ShouldNotBeNull();
    }

    [Fact]
    public async Task nothing_is_restored_under_a_running_portal()
    {
        if (PortalApp.Engine is Engine.PostgreSql) return;
        await using var app = await PortalApp.New();
        var backup = Path.Combine(app.Data, "backup.db");
        await using (var from = new SqliteConnection(app.Database.ConnectionString))
        await using (var to = new SqliteConnection($"Data Source={backup};Pooling=false"))
        {
            await from.OpenAsync();
            await to.OpenAsync();
            from.BackupDatabase(to);
        }
        using var another = Another(app);
        using var said = new StringWriter();
        (await new RestoreCommand(app.Database, another, app.Clock).Run([backup], said, CancellationToken.None)).ShouldBeFalse();
        said.ToString().ShouldContain("The portal runs on this database. Stop it");
        Directory.GetFiles(app.Data, "*before-restore*").ShouldBeEmpty();
        (await app.SignInAs("maria")).ShouldNotBeNull();
    }
}
