using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PatientPortal.Identity.Contracts;
using PatientPortal.Kernel.Data;
using PatientPortal.Kernel.Events;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Host.Tests.Hosting;

/// <summary>No module can forget that its rows belong to charts, and that charts are joined and parted.</summary>
public sealed class ChartsFollowTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task R37_every_module_with_rows_of_charts_follows_merges_and_their_undoing()
    {
        await using var scope = app.Services.CreateAsyncScope();
        var listeners = app.Services.GetRequiredService<Listeners>();
        var modules = 0;
        foreach (var type in AppDomain.CurrentDomain.GetAssemblies().Where(a => a.GetName().Name!.StartsWith("PatientPortal.", StringComparison.Ordinal))
                     .SelectMany(a => a.GetTypes()).Where(t => t.IsAssignableTo(typeof(ModuleDb)) && !t.IsAbstract && t.Assembly != typeof(ModuleDb).Assembly && !t.Assembly.GetName().Name!.EndsWith("Tests", StringComparison.Ordinal)))
        {
            var db = (ModuleDb)scope.ServiceProvider.GetRequiredService(type);
            if (!db.Model.GetEntityTypes().Any(e => e.FindProperty("PatientId") is not null)) continue;
            modules++;
            type.IsAssignableTo(typeof(IKeepsCharts)).ShouldBeTrue($"{type.Name} has rows with a PatientId: they must follow their chart");
            // Identity joins its own in the transaction that announces it.
            if (type.Assembly.GetName().Name is "PatientPortal.Identity") continue;
            foreach (var news in new[] { typeof(ChartsMerged), typeof(ChartsUnmerged) })
                listeners.Of(news).ShouldContain(l => l.Handler.Assembly == type.Assembly, $"{type.Assembly.GetName().Name} does not react to {news.Name}");
        }
        modules.ShouldBeGreaterThanOrEqualTo(6);
    }
}
