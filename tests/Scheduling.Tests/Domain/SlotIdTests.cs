using PatientPortal.Scheduling.Domain;

namespace PatientPortal.Scheduling.Tests.Domain;

public class SlotIdTests
{
    static readonly SlotId Some = new(3, 1, 7, A.At("2026-11-26T09:00:00-05:00"));

    [Fact]
    public void what_is_written_is_read_again()
    {
        SlotId.TryRead(SlotId.Write(Some), out var read).ShouldBeTrue();
        (read.Provider, read.Location, read.VisitType, read.Start).ShouldBe((3, 1, 7, Some.Start.ToUniversalTime()));
    }

    [Fact]
    public void it_is_short_and_safe_in_an_address() => SlotId.Write(Some).ShouldMatch("^[A-Za-z0-9_-]{14}$");

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not a slot id!")]
    [InlineData("AAAAAAAAAAAAA")]
    [InlineData("AAAAAAAAAAAAAB")]   // spare bits set: not how it is written
    [InlineData("AAAAAAAAAAAA==")]
    [InlineData("AAAA AAAAAAAAA")]
    public void anything_else_is_not_a_slot_id(string? text) => SlotId.TryRead(text, out _).ShouldBeFalse();
}
