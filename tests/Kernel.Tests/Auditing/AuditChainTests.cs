using Microsoft.Extensions.DependencyInjection;
using PatientPortal.Kernel.Auditing;
using PatientPortal.Kernel.Data;
using PatientPortal.Kernel.Requests;
using Shouldly;
using Xunit;

namespace PatientPortal.Kernel.Tests.Auditing;

public sealed class AuditChainTests
{
    [Fact]
    public async Task a_read_is_in_the_trail_before_its_answer_leaves()
    {
        await using var kernel = await KernelFixture.New();
        await kernel.As(s => s.GetRequiredService<IHandle<ReadLinesRequest, IReadOnlyList<string>>>().Handle(new(), CancellationToken.None));
        var row = (await kernel.Services.GetRequiredService<IAuditReader>().Read(new(PatientId: Ids.Of("maria")), CancellationToken.None)).ShouldHaveSingleItem();
        row.Says.ShouldBe("Looked at lines");
        row.ActorName.ShouldBe("Maria Alvarez");
        row.At.ShouldBe(kernel.Clock.GetUtcNow());
    }

    [Fact]
    public async Task of_many_rows_of_one_answer_all_are_durable_or_the_answer_fails()
    {
        await using var kernel = await KernelFixture.New();
        var draft = new AuditDraft
        {
            ActorKind = Access.ActorKind.Staff, ActorId = Ids.Of("nurse"), ActorName = "Grace", ActorRole = "Nurse", Act = Act.Read, What = "lines", Says = "Looked at lines", TraceId = "t",
        };
        // Of two batches (256 rows each) the first can't be written, the second can.
        var drafts = Enumerable.Range(0, 300).Select(i => i is 0 ? draft with { What = null! } : draft).ToList();
        await Should.ThrowAsync<Exception>(kernel.Services.GetRequiredService<AuditTrail>().Write(drafts, CancellationToken.None));
    }

    [Fact]
    public async Task the_trail_asked_for_inside_a_change_fails_instead_of_stopping_every_change()
    {
        await using var kernel = await KernelFixture.New();
        if (kernel.Database.Engine is Engine.PostgreSql) return;
        var trail = kernel.Services.GetRequiredService<AuditTrail>();
        var draft = new AuditDraft
        {
            ActorKind = Access.ActorKind.Staff, ActorId = Ids.Of("nurse"), ActorName = "Grace", ActorRole = "Nurse", Act = Act.Read, What = "lines", Says = "Looked at lines", TraceId = "t",
        };
        var change = kernel.Database.Write(background: false, async (_, _) =>
        {
            await trail.Write(draft, CancellationToken.None);
            return 0;
        }, CancellationToken.None);
        await Should.ThrowAsync<InvalidOperationException>(change.WaitAsync(TimeSpan.FromSeconds(30)));
        await trail.Write(draft, CancellationToken.None);
        (await kernel.Count("SELECT COUNT(*) FROM kernel_audit")).ShouldBe(1);
    }

    [Fact]
    public async Task an_untouched_trail_verifies()
    {
        await using var kernel = await Linked();
        (await Chain(kernel).Verify(CancellationToken.None)).ShouldBeNull();
    }

    [Fact]
    public async Task rows_and_links_cannot_be_changed_or_deleted()
    {
        await using var kernel = await Linked();
        foreach (var sql in new[] { "UPDATE kernel_audit SET says = 'x'", "DELETE FROM kernel_audit", "UPDATE kernel_audit_links SET count = 0", "DELETE FROM kernel_audit_links" })
            (await Should.ThrowAsync<System.Data.Common.DbException>(() => kernel.Run(sql))).Message.ShouldContain("append-only");
    }

    [Fact]
    public async Task a_changed_record_is_named()
    {
        await using var kernel = await Linked();
        await Force(kernel, "UPDATE kernel_audit SET actor_name = 'Nobody' WHERE seq = 3");
        (await Chain(kernel).Verify(CancellationToken.None)).ShouldBe("Record 3 was changed.");
    }

    [Fact]
    public async Task a_removed_record_is_named()
    {
        await using var kernel = await Linked();
        await Force(kernel, "DELETE FROM kernel_audit WHERE seq = 2");
        (await Chain(kernel).Verify(CancellationToken.None)).ShouldBe("Record 2 is missing.");
    }

    [Fact]
    public async Task a_byte_of_any_column_counts()
    {
        foreach (var change in new[] { "server = 'other'", "purpose = 'support'", "detail = detail || detail", "subject = NULL" })
        {
            await using var kernel = await Linked();
            await kernel.Run("SELECT 1");
            await Force(kernel, change.StartsWith("detail", StringComparison.Ordinal) ? $"UPDATE kernel_audit SET detail = {(kernel.Database.Engine is Engine.Sqlite ? "x'00'" : "'\\x00'::bytea")} WHERE seq = 4" : $"UPDATE kernel_audit SET {change} WHERE seq = 4");
            (await Chain(kernel).Verify(CancellationToken.None)).ShouldBe("Record 4 was changed.", change);
        }
    }

    [Fact]
    public async Task a_record_slipped_in_between_is_named()
    {
        await using var kernel = await Linked();
        if (kernel.Database.Engine is Engine.PostgreSql) return;
        // The place of a record that was taken out and linked again elsewhere would be free; here one is made.
        await kernel.Note("sixth");
        await Force(kernel, "UPDATE kernel_audit SET seq = 7 WHERE seq = 6");
        while (await Chain(kernel).Link(CancellationToken.None) > 0) { }
        await kernel.Run("""
            INSERT INTO kernel_audit (seq, at, trace_id, actor_kind, actor_id, actor_name, actor_role, act, what, says, outcome)
            SELECT 6, at, trace_id, actor_kind, actor_id, actor_name, actor_role, act, what, says, outcome FROM kernel_audit WHERE seq = 7
            """);
        (await Chain(kernel).Verify(CancellationToken.None)).ShouldBe("Record 6 was added.");
    }

    [Fact]
    public async Task two_swapped_records_are_found()
    {
        await using var kernel = await Linked();
        await Force(kernel, "UPDATE kernel_audit SET seq = 999 WHERE seq = 1; UPDATE kernel_audit SET seq = 1 WHERE seq = 2; UPDATE kernel_audit SET seq = 2 WHERE seq = 999");
        (await Chain(kernel).Verify(CancellationToken.None)).ShouldBe("Record 1 was changed.");
    }

    [Fact]
    public async Task a_cut_tail_is_found_by_the_copied_heads()
    {
        await using var kernel = await Linked();
        await kernel.Note("later");
        while (await Chain(kernel).Link(CancellationToken.None) > 0) { }
        await Force(kernel, "DELETE FROM kernel_audit WHERE seq > 5; DELETE FROM kernel_audit_links WHERE n > 1");
        (await Chain(kernel).Verify(CancellationToken.None)).ShouldBe("The trail ends at link 1; link 2 was signed: the tail was cut.");
    }

    [Fact]
    public async Task a_forged_head_is_found()
    {
        await using var kernel = await Linked();
        await File.AppendAllTextAsync(kernel.Heads, $"2 {new string('0', 64)} {new string('0', 64)}\n");
        (await Chain(kernel).Verify(CancellationToken.None)).ShouldBe("The signed head 2 is not ours.");
    }

    [Fact]
    public async Task a_head_that_a_crash_tore_is_no_forgery_and_the_next_stands_on_its_own_line()
    {
        await using var kernel = await Linked();
        var whole = (await File.ReadAllTextAsync(kernel.Heads)).TrimEnd('\n');
        await File.WriteAllTextAsync(kernel.Heads, whole[..^20]);
        (await Chain(kernel).Verify(CancellationToken.None)).ShouldBeNull();
        await kernel.Note("later");
        while (await Chain(kernel).Link(CancellationToken.None) > 0) { }
        (await Chain(kernel).Verify(CancellationToken.None)).ShouldBeNull();
        (await File.ReadAllLinesAsync(kernel.Heads)).Length.ShouldBe(2);

        await File.WriteAllTextAsync(kernel.Heads, whole[..10] + (whole[10] is '0' ? '1' : '0') + whole[11..^20]);
        (await Chain(kernel).Verify(CancellationToken.None)).ShouldNotBeNull();
    }

    static AuditChain Chain(KernelFixture kernel) => kernel.Services.GetRequiredService<AuditChain>();

    static async Task<KernelFixture> Linked()
    {
        var kernel = await KernelFixture.New();
        for (var i = 0; i < 5; i++)
        {
            kernel.Clock.Advance(TimeSpan.FromSeconds(1));
            await kernel.Note($"line {i}");
        }
        (await Chain(kernel).Link(CancellationToken.None)).ShouldBe(5);
        (await Chain(kernel).Link(CancellationToken.None)).ShouldBe(0);
        return kernel;
    }

    /// <summary>What an intruder with the database's own rights would do: drop the triggers first.</summary>
    static async Task Force(KernelFixture kernel, string sql)
    {
        if (kernel.Database.Engine is Engine.Sqlite)
            foreach (var trigger in new[] { "kernel_audit_no_update", "kernel_audit_no_delete", "kernel_audit_links_no_update", "kernel_audit_links_no_delete" }) await kernel.Run($"DROP TRIGGER {trigger}");
        else
            foreach (var table in new[] { "kernel_audit", "kernel_audit_links" }) await kernel.Run($"ALTER TABLE {table} DISABLE TRIGGER ALL");
        await kernel.Run(sql);
    }
}
