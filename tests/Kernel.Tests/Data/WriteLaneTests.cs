using Microsoft.Data.Sqlite;
using PatientPortal.Kernel.Data;
using Shouldly;
using Xunit;

namespace PatientPortal.Kernel.Tests.Data;

public sealed class WriteLaneTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("lane-test-").FullName;
    readonly SqliteConnections connections;
    readonly WriteLane lane;

    public WriteLaneTests()
    {
        connections = new($"Data Source={Path.Combine(folder, "lane.db")}");
        lane = new(connections.Open);
        using var made = connections.Open();
        made.Run("PRAGMA journal_mode = WAL");
        made.Run("CREATE TABLE lines (n INTEGER PRIMARY KEY)");
    }

    public void Dispose()
    {
        lane.Dispose();
        connections.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task one_change_at_a_time_and_each_is_there_for_others_when_its_caller_is_told()
    {
        int inside = 0, most = 0;
        await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(async () =>
        {
            await lane.Run(background: i % 3 == 0, async session =>
            {
                most = Math.Max(most, Interlocked.Increment(ref inside));
                if (i % 5 == 0) await Task.Yield();
                session.Run($"INSERT INTO lines VALUES ({i})");
                Interlocked.Decrement(ref inside);
                return true;
            }, kept => kept, CancellationToken.None);
            Lines($"n = {i}").ShouldBe([i]);
        })));
        most.ShouldBe(1);
        Lines().Count.ShouldBe(200);
    }

    [Fact]
    public async Task what_waits_together_is_committed_together_and_a_refused_one_takes_nobody_with_it()
    {
        var (first, go) = await Held();
        var a = Insert(1);
        var twice = Insert(1);
        var refused = Insert(2, keep: false);
        var b = Insert(3);
        Lines().ShouldBeEmpty();
        go.SetResult();

        (await first).ShouldBeTrue();
        (await a).ShouldBeTrue();
        (await Should.ThrowAsync<SqliteException>(twice)).SqliteErrorCode.ShouldBe(19);
        (await refused).ShouldBeFalse();
        (await b).ShouldBeTrue();
        Lines().ShouldBe([0, 1, 3]);
    }

    [Fact]
    public async Task a_first_one_that_is_refused_leaves_the_others_their_commit()
    {
        var hold = new TaskCompletionSource();
        var first = lane.Run(false, async session =>
        {
            session.Run("INSERT INTO lines VALUES (0)");
            await hold.Task;
            return false;
        }, kept => kept, CancellationToken.None);
        var second = Insert(1);
        hold.SetResult();
        (await first).ShouldBeFalse();
        (await second).ShouldBeTrue();
        Lines().ShouldBe([1]);
    }

    [Fact]
    public async Task a_transaction_that_the_database_ended_fails_all_in_it_and_the_next_goes_on()
    {
        var (first, go) = await Held();
        var broken = lane.Run(false, session =>
        {
            session.Run("ROLLBACK");
            return Task.FromResult(true);
        }, kept => kept, CancellationToken.None);
        var after = Insert(5);
        go.SetResult();
        await Should.ThrowAsync<InvalidOperationException>(first);
        await Should.ThrowAsync<InvalidOperationException>(broken);
        (await after).ShouldBeTrue();
        Lines().ShouldBe([5]);
    }

    [Fact]
    public async Task people_go_first_and_the_portals_own_work_gets_every_eighth_turn()
    {
        var order = new List<bool>();
        var (first, go) = await Held();
        var waiting = new List<Task>();
        for (var i = 0; i < 20; i++) waiting.Add(Take(background: true));
        for (var i = 0; i < 20; i++) waiting.Add(Take(background: false));
        go.SetResult();
        await first;
        await Task.WhenAll(waiting);
        order.Take(6).ShouldAllBe(background => !background);
        order.Take(8).Count(background => background).ShouldBe(1);
        order.Take(16).Count(background => background).ShouldBe(2);

        Task Take(bool background) => lane.Run(background, _ =>
        {
            order.Add(background);
            return Task.FromResult(true);
        }, kept => kept, CancellationToken.None);
    }

    [Fact]
    public async Task who_gives_up_waiting_does_not_block_the_lane_and_changes_nothing()
    {
        var (first, go) = await Held();
        using var impatient = new CancellationTokenSource();
        var gaveUp = Insert(1, ct: impatient.Token);
        var second = Insert(2);
        await impatient.CancelAsync();
        go.SetResult();
        await Should.ThrowAsync<OperationCanceledException>(gaveUp);
        (await second).ShouldBeTrue();
        await first;
        Lines().ShouldBe([0, 2]);
    }

    [Fact]
    public async Task the_log_is_folded_between_two_changes()
    {
        var (first, go) = await Held();
        var folded = lane.Alone(session =>
        {
            session.InTransaction.ShouldBeFalse();
            session.Run("PRAGMA wal_checkpoint(TRUNCATE)");
        }, CancellationToken.None);
        var second = Insert(1);
        go.SetResult();
        await folded;
        await first;
        (await second).ShouldBeTrue();
        Lines().ShouldBe([0, 1]);
    }

    [Fact]
    public async Task each_change_sees_its_own_callers_ambient_values_whoever_leads()
    {
        var ambient = new AsyncLocal<int>();
        var (first, go) = await Held();
        var seen = new List<int>();
        var waiting = Enumerable.Range(1, 5).Select(n =>
        {
            ambient.Value = n;
            return lane.Run(false, async _ =>
            {
                await Task.Yield();
                seen.Add(ambient.Value);
                return true;
            }, kept => kept, CancellationToken.None);
        }).ToList();
        go.SetResult();
        await first;
        await Task.WhenAll(waiting);
        seen.ShouldBe([1, 2, 3, 4, 5]);
    }

    [Fact]
    public async Task who_asks_for_the_lane_inside_a_change_fails_instead_of_waiting_for_itself()
    {
        var outer = lane.Run(false, async session =>
        {
            lane.IsInside.ShouldBeTrue();
            session.Run("INSERT INTO lines VALUES (1)");
            await Task.Yield();
            await Insert(2);
            return true;
        }, kept => kept, CancellationToken.None);
        await Should.ThrowAsync<InvalidOperationException>(outer.WaitAsync(TimeSpan.FromSeconds(30)));
        lane.IsInside.ShouldBeFalse();
        (await Insert(3)).ShouldBeTrue();
        Lines().ShouldBe([3]);
    }

    [Fact]
    public async Task what_a_change_left_running_may_ask_for_the_lane_after_it()
    {
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task<bool> later = null!;
        await lane.Run(false, session =>
        {
            later = Task.Run(async () =>
            {
                await ended.Task;
                return await Insert(2);
            });
            session.Run("INSERT INTO lines VALUES (1)");
            return Task.FromResult(true);
        }, kept => kept, CancellationToken.None);
        ended.SetResult();
        (await later).ShouldBeTrue();
        Lines().ShouldBe([1, 2]);
    }

    /// <summary>A change that holds the lane until told to go on; it writes line 0.</summary>
    async Task<(Task<bool> Ended, TaskCompletionSource Go)> Held()
    {
        var (inside, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        var ended = lane.Run(false, async session =>
        {
            session.Run("INSERT INTO lines VALUES (0)");
            inside.SetResult();
            await go.Task;
            return true;
        }, kept => kept, CancellationToken.None);
        await inside.Task;
        return (ended, go);
    }

    Task<bool> Insert(int n, bool keep = true, CancellationToken ct = default) => lane.Run(false, session =>
    {
        session.Run($"INSERT INTO lines VALUES ({n})");
        return Task.FromResult(keep);
    }, kept => kept, ct);

    List<int> Lines(string where = "true")
    {
        using var other = connections.Open();
        var command = other.Take($"SELECT n FROM lines WHERE {where} ORDER BY n");
        using var rows = command.ExecuteReader();
        var lines = new List<int>();
        while (rows.Read()) lines.Add(rows.GetInt32(0));
        return lines;
    }
}
