using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PatientPortal.Interop.Data;
using PatientPortal.Interop.Domain;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Interop.Tests.Jobs;

public sealed class TidyArrivalsTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task an_import_that_was_interrupted_while_it_came_in_is_closed_after_a_while()
    {
        var id = Guid.CreateVersion7();
        await app.Inside(async services =>
        {
            var db = services.GetRequiredService<InteropDb>();
            db.Arrivals.Add(new() { Id = id, Source = "test", ReceivedAt = app.Clock.GetUtcNow(), MovedAt = app.Clock.GetUtcNow(), ByName = "Test", Sha256 = [1], State = ArrivalState.Receiving });
            db.ArrivalParts.Add(new() { ArrivalId = id, Number = 0, Content = [1, 2, 3] });
            await db.Save(CancellationToken.None);
            return 0;
        });
        (await app.RunJob("tidy-arrivals")).ShouldBe("No import was interrupted.");
        app.Clock.Advance(InteropLimits.Stuck + TimeSpan.FromSeconds(1));
        (await app.RunJob("tidy-arrivals")).ShouldBe("Closed 1 interrupted imports.");
        await app.Inside(async services =>
        {
            var db = services.GetRequiredService<InteropDb>();
            (await db.Arrivals.SingleAsync(a => a.Id == id)).State.ShouldBe(ArrivalState.Failed);
            (await db.ArrivalParts.AnyAsync(p => p.ArrivalId == id)).ShouldBeFalse();
            return 0;
        });
    }
}
