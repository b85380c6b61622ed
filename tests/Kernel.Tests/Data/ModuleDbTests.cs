using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PatientPortal.Kernel.Data;
using PatientPortal.Kernel.Requests;
using Shouldly;
using Xunit;

namespace PatientPortal.Kernel.Tests.Data;

public sealed class ModuleDbTests
{
    [Fact]
    public async Task change_news_audit_row_and_answer_are_one_transaction()
    {
        await using var kernel = await KernelFixture.New();
        (await kernel.Note("a", key: "k1")).IsOk.ShouldBeTrue();
        (await kernel.Count("SELECT COUNT(*) FROM probe_lines")).ShouldBe(1);
        (await kernel.Count("SELECT COUNT(*) FROM kernel_outbox")).ShouldBe(1);
        (await kernel.Count("SELECT COUNT(*) FROM kernel_deliveries WHERE state = 'pending'")).ShouldBe(1);
        (await kernel.Count("SELECT COUNT(*) FROM kernel_repeats")).ShouldBe(1);
        (await kernel.Count("SELECT COUNT(*) FROM kernel_audit WHERE outcome = 'ok' AND says = 'Wrote a line'")).ShouldBe(1);
    }

    [Fact]
    public async Task a_lost_race_leaves_nothing_but_its_row_in_the_trail()
    {
        await using var kernel = await KernelFixture.New();
        (await kernel.Note("a")).IsOk.ShouldBeTrue();
        (await kernel.Note("a")).Refusal!.Code.ShouldBe("slot_taken");
        (await kernel.Count("SELECT COUNT(*) FROM probe_lines")).ShouldBe(1);
        (await kernel.Count("SELECT COUNT(*) FROM kernel_outbox")).ShouldBe(1);
        (await kernel.Count("SELECT COUNT(*) FROM kernel_audit WHERE outcome = 'slot_taken'")).ShouldBe(1);
    }

    [Fact]
    public async Task thirty_two_race_for_one_slot_and_one_wins()
    {
        await using var kernel = await KernelFixture.New();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => kernel.Note("one")));
        outcomes.Count(o => o.IsOk).ShouldBe(1);
        outcomes.Count(o => o.Refusal?.Verdict is Verdict.Conflict).ShouldBe(31);
    }

    [Fact]
    public async Task the_second_of_two_editors_is_told_and_loses_nothing()
    {
        await using var kernel = await KernelFixture.New();
        var id = (await kernel.Note("a")).Value.Id;
        await kernel.As(async first =>
        {
            var mine = await first.GetRequiredService<ProbeDb>().Lines.SingleAsync(l => l.Id == id);
            await kernel.As(async second =>
            {
                var db = second.GetRequiredService<ProbeDb>();
                (await db.Lines.SingleAsync(l => l.Id == id)).Text = "theirs";
                (await db.TrySave(default(Done), CancellationToken.None)).ShouldBe(Saved.Done);
                return 0;
            });
            mine.Text = "mine";
            (await first.GetRequiredService<ProbeDb>().TrySave(default(Done), CancellationToken.None)).ShouldBe(Saved.Stale);
            return 0;
        });
        (await kernel.As(s => s.GetRequiredService<ProbeDb>().Lines.Select(l => l.Text).SingleAsync())).ShouldBe("theirs");
    }

    [Fact]
    public async Task a_refused_outcome_takes_back_the_whole_transaction()
    {
        await using var kernel = await KernelFixture.New();
        await kernel.As(async s =>
        {
            var db = s.GetRequiredService<ProbeDb>();
            var outcome = await db.InTransaction<Outcome<Done>>(async () =>
            {
                db.Add(new Line { Id = Ids.Of("x"), Slot = "x", Text = "x" });
                db.Announce(new LineNoted(Ids.Of("x"), "x"), null);
                await db.Save(CancellationToken.None);
                return Outcome.Conflict("no", "no");
            }, CancellationToken.None);
            outcome.IsOk.ShouldBeFalse();
            return 0;
        });
        (await kernel.Count("SELECT COUNT(*) FROM probe_lines")).ShouldBe(0);
        (await kernel.Count("SELECT COUNT(*) FROM kernel_outbox")).ShouldBe(0);
    }

    [Fact]
    public async Task work_on_one_thing_is_done_one_by_one_and_each_sees_what_the_one_before_saved()
    {
        await using var kernel = await KernelFixture.New();
        var id = (await kernel.Note("counted")).Value.Id;
        var saved = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => kernel.As(async s =>
        {
            var db = s.GetRequiredService<ProbeDb>();
            return await db.OneByOne(id, async () =>
            {
                var line = await db.Lines.SingleAsync(l => l.Id == id);
                line.Text += "+";
                return await db.TrySave(default(Done), CancellationToken.None);
            }, CancellationToken.None);
        })));
        saved.ShouldAllBe(s => s == Saved.Done);
        (await kernel.As(s => s.GetRequiredService<ProbeDb>().Lines.Select(l => l.Text).SingleAsync())).ShouldEndWith(new string('+', 16));
    }

    [Fact]
    public async Task what_is_done_one_by_one_waits_for_nobody_twice()
    {
        await using var kernel = await KernelFixture.New();
        await kernel.As(async s =>
        {
            var db = s.GetRequiredService<ProbeDb>();
            await Should.ThrowAsync<InvalidOperationException>(() => db.OneByOne(Ids.Of("a"), () => db.OneByOne(Ids.Of("b"), () => Task.FromResult(0), CancellationToken.None), CancellationToken.None));
            await Should.ThrowAsync<InvalidOperationException>(() => db.OneByOne(Ids.Of("a"), () => db.InTransaction(() => Task.FromResult(0), CancellationToken.None), CancellationToken.None));
            // After a failure the thing is free again.
            return await db.OneByOne(Ids.Of("a"), () => Task.FromResult(0), CancellationToken.None);
        });
    }

    [Fact]
    public async Task instants_sort_and_come_back_to_the_microsecond()
    {
        await using var kernel = await KernelFixture.New();
        await kernel.Note("first");
        kernel.Clock.Advance(TimeSpan.FromMicroseconds(1));
        await kernel.Note("second");
        var at = await kernel.As(s => s.GetRequiredService<ProbeDb>().Lines.OrderByDescending(l => l.At).Select(l => l.At).ToListAsync());
        (at[0] - at[1]).ShouldBe(TimeSpan.FromMicroseconds(1));
        at[0].ShouldBe(kernel.Clock.GetUtcNow());
    }
}
