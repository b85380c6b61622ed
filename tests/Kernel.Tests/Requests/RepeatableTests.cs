using PatientPortal.Kernel.Data;
using PatientPortal.Kernel.Requests;
using Shouldly;
using Xunit;

namespace PatientPortal.Kernel.Tests.Requests;

public sealed class RepeatableTests
{
    [Fact]
    public async Task the_same_key_gives_the_same_answer_and_one_change()
    {
        await using var kernel = await KernelFixture.New();
        var first = await kernel.Note("a", key: "k");
        var again = await kernel.Note("a", key: "k");
        again.Value.ShouldBe(first.Value);
        (await kernel.Count("SELECT COUNT(*) FROM probe_lines")).ShouldBe(1);
    }

    [Fact]
    public async Task the_same_key_with_another_request_is_refused()
    {
        await using var kernel = await KernelFixture.New();
        await kernel.Note("a", key: "k");
        (await kernel.Note("b", key: "k")).Refusal!.Code.ShouldBe("idempotency_key_reused");
    }

    [Fact]
    public async Task what_was_asked_cannot_be_guessed_back_without_the_key()
    {
        // The same request under two keys of the vault leaves two fingerprints: nobody who has the database alone can try passwords against them.
        (await Remembered(1)).ShouldNotBe(await Remembered(2));

        static async Task<byte[]> Remembered(byte secret)
        {
            await using var kernel = await KernelFixture.New(new() { [1] = [.. Enumerable.Repeat(secret, 32)] });
            await kernel.Note("a password", key: "k");
            await using var connection = await kernel.Database.Open(CancellationToken.None);
            await using var command = connection.Command("SELECT request FROM kernel_repeats");
            return (byte[])(await command.ExecuteScalarAsync())!;
        }
    }

    [Fact]
    public async Task sixteen_at_once_with_one_key_all_get_the_winners_answer()
    {
        await using var kernel = await KernelFixture.New();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => kernel.Note("a", key: "k")));
        outcomes.ShouldAllBe(o => o.IsOk);
        outcomes.Select(o => o.Value.Id).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task a_key_is_forgotten_after_a_day_and_may_be_used_again()
    {
        await using var kernel = await KernelFixture.New();
        await kernel.Note("a", key: "k");
        kernel.Clock.Advance(TimeSpan.FromHours(25));
        (await kernel.Note("b", key: "k")).IsOk.ShouldBeTrue();
    }

    [Fact]
    public async Task invalid_input_names_the_field_in_the_jsons_spelling()
    {
        await using var kernel = await KernelFixture.New();
        var refusal = (await kernel.Note("")).Refusal!;
        refusal.Verdict.ShouldBe(Verdict.Invalid);
        refusal.For("text").ShouldBe(["Write something."]);
    }
}
