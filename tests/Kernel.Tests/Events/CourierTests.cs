using Microsoft.Extensions.DependencyInjection;
using PatientPortal.Kernel.Events;
using Shouldly;
using Xunit;

namespace PatientPortal.Kernel.Tests.Events;

public sealed class CourierTests
{
    [Fact]
    public async Task news_is_delivered_in_order_and_once()
    {
        await using var kernel = await KernelFixture.New();
        foreach (var text in new[] { "a", "b", "c" }) await kernel.Note(text);
        await Idle(kernel);
        kernel.Seen.Texts.ShouldBe(["a", "b", "c"]);
        (await kernel.Count("SELECT COUNT(*) FROM probe_echoes")).ShouldBe(3);
        (await kernel.Count("SELECT COUNT(*) FROM kernel_deliveries WHERE state <> 'done'")).ShouldBe(0);
    }

    [Fact]
    public async Task two_couriers_at_once_have_the_effect_of_one()
    {
        await using var kernel = await KernelFixture.New();
        foreach (var text in Enumerable.Range(0, 20).Select(i => $"t{i}")) await kernel.Note(text);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Idle(kernel))));
        (await kernel.Count("SELECT COUNT(*) FROM probe_echoes")).ShouldBe(20);
    }

    [Fact]
    public async Task a_failure_holds_back_what_follows_of_the_same_subject_and_backs_off()
    {
        await using var kernel = await KernelFixture.New();
        kernel.Seen.Fails.Add("a");
        await kernel.Note("a");
        await kernel.Note("b");
        await Idle(kernel);
        kernel.Seen.Texts.ShouldBeEmpty();
        kernel.Seen.Fails.Clear();
        await Idle(kernel);
        kernel.Seen.Texts.ShouldBeEmpty();
        kernel.Clock.Advance(TimeSpan.FromSeconds(2));
        await Idle(kernel);
        kernel.Seen.Texts.ShouldBe(["a", "b"]);
    }

    [Fact]
    public async Task after_the_last_try_it_needs_a_person_who_may_retry_it()
    {
        await using var kernel = await KernelFixture.New();
        kernel.Seen.Fails.Add("a");
        await kernel.Note("a");
        for (var i = 0; i < 10; i++)
        {
            await Idle(kernel);
            kernel.Clock.Advance(TimeSpan.FromHours(7));
        }
        var deliveries = kernel.Services.GetRequiredService<Deliveries>();
        var row = (await deliveries.Troubled(null, 10, CancellationToken.None)).ShouldHaveSingleItem();
        row.State.ShouldBe("needs_person");
        row.Attempts.ShouldBe(8);
        row.Event.ShouldBe(nameof(LineNoted));
        kernel.Seen.Fails.Clear();
        (await deliveries.Retry(row.Seq, CancellationToken.None)).ShouldBeTrue();
        await Idle(kernel);
        kernel.Seen.Texts.ShouldBe(["a"]);
        (await deliveries.Retry(row.Seq, CancellationToken.None)).ShouldBeFalse();
    }

    [Fact]
    public async Task an_exceptions_text_is_neither_logged_nor_kept()
    {
        await using var kernel = await KernelFixture.New();
        kernel.Seen.Fails.Add("a");
        await kernel.Note("a");
        await Idle(kernel);
        kernel.Log.Lines.ShouldContain(l => l.Contains(nameof(OnLineNoted)));
        kernel.Log.Lines.ShouldNotContain(l => l.Contains("a secret"));
        (await kernel.Count("SELECT COUNT(*) FROM kernel_deliveries WHERE error LIKE '%secret%'")).ShouldBe(0);
    }

    [Fact]
    public async Task delivered_news_is_tidied_away_and_waiting_news_is_not()
    {
        await using var kernel = await KernelFixture.New();
        await kernel.Note("a");
        await Idle(kernel);
        kernel.Seen.Fails.Add("b");
        await kernel.Note("b");
        kernel.Clock.Advance(TimeSpan.FromDays(8));
        (await kernel.Services.GetRequiredService<Deliveries>().Tidy(TimeSpan.FromDays(7), CancellationToken.None)).ShouldBe(1);
        (await kernel.Count("SELECT COUNT(*) FROM kernel_outbox")).ShouldBe(1);
    }

    static async Task Idle(KernelFixture kernel)
    {
        while (await kernel.Courier.DeliverDue(CancellationToken.None) > 0) { }
    }
}
