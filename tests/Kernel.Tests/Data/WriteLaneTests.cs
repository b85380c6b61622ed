using PatientPortal.Kernel.Data;
using Shouldly;
using Xunit;

namespace PatientPortal.Kernel.Tests.Data;

public sealed class WriteLaneTests
{
    [Fact]
    public async Task one_writer_at_a_time_and_everybody_gets_a_turn()
    {
        var lane = new WriteLane(serial: true);
        int inside = 0, most = 0, turns = 0;
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(async () =>
        {
            using var turn = await lane.Enter(background: i % 3 == 0, CancellationToken.None);
            most = Math.Max(most, Interlocked.Increment(ref inside));
            await Task.Yield();
            Interlocked.Decrement(ref inside);
            Interlocked.Increment(ref turns);
        })));
        most.ShouldBe(1);
        turns.ShouldBe(200);
    }

    [Fact]
    public async Task people_go_first_and_the_portals_own_work_gets_every_eighth_turn()
    {
        var lane = new WriteLane(serial: true);
        var order = new List<bool>();
        var held = await lane.Enter(false, CancellationToken.None);
        var waiting = new List<Task>();
        for (var i = 0; i < 20; i++) waiting.Add(Take(background: true));
        for (var i = 0; i < 20; i++) waiting.Add(Take(background: false));
        held.Dispose();
        await Task.WhenAll(waiting);
        order.Take(7).ShouldAllBe(background => !background);
        order[7].ShouldBeTrue();

        async Task Take(bool background)
        {
            using var turn = await lane.Enter(background, CancellationToken.None);
            order.Add(background);
        }
    }

    [Fact]
    public async Task who_gives_up_waiting_does_not_block_the_lane()
    {
        var lane = new WriteLane(serial: true);
        var held = await lane.Enter(false, CancellationToken.None);
        using var impatient = new CancellationTokenSource();
        var first = lane.Enter(false, impatient.Token).AsTask();
        var second = lane.Enter(false, CancellationToken.None).AsTask();
        await impatient.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(first);
        held.Dispose();
        (await second).Dispose();
        (await lane.Enter(false, CancellationToken.None)).Dispose();
    }
}
