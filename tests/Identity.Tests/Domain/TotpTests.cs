using Totp = PatientPortal.Identity.Domain.Totp;

namespace PatientPortal.Identity.Tests.Domain;

public sealed class TotpTests
{
    // RFC 6238, appendix B: the ASCII secret "12345678901234567890" in base32. The table has 8 digits; we show the last 6.
    const string Rfc = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void the_codes_are_those_of_the_specification(long seconds, string code) =>
        Totp.CodeAt(Rfc, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds))).ShouldBe(code);

    [Fact]
    public void a_code_works_in_its_own_step_and_one_beside_it()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_234_567_890);
        var step = Totp.StepAt(now);

        Totp.Accept(Rfc, Totp.CodeAt(Rfc, step), now, 0).ShouldBe(step);
        Totp.Accept(Rfc, Totp.CodeAt(Rfc, step - 1), now, 0).ShouldBe(step - 1);
        Totp.Accept(Rfc, Totp.CodeAt(Rfc, step + 1), now, 0).ShouldBe(step + 1);
        Totp.Accept(Rfc, Totp.CodeAt(Rfc, step - 2), now, 0).ShouldBeNull();
        Totp.Accept(Rfc, Totp.CodeAt(Rfc, step + 2), now, 0).ShouldBeNull();
    }

    [Fact]
    public void a_code_works_once()
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1_234_567_890);
        var used = Totp.Accept(Rfc, "005924", now, 0)!.Value;

        Totp.Accept(Rfc, "005924", now, used).ShouldBeNull();
        Totp.Accept(Rfc, Totp.CodeAt(Rfc, used + 1), now, used).ShouldBe(used + 1);
    }

    [Theory]
    [InlineData("005 924", true)]
    [InlineData(" 005924 ", true)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("5924", false)]
    [InlineData("0059240", false)]
    [InlineData("٠٠٥٩٢٤", false)]
    public void blanks_do_not_matter_and_everything_else_does(string? typed, bool accepted) =>
        Totp.Accept(Rfc, typed, DateTimeOffset.FromUnixTimeSeconds(1_234_567_890), 0).HasValue.ShouldBe(accepted);

    [Fact]
    public void a_new_secret_is_160_random_bits()
    {
        Totp.NewSecret().ShouldNotBe(Totp.NewSecret());
        Totp.NewSecret().Length.ShouldBe(32);
        Totp.CodeAt(Totp.NewSecret(), 1).Length.ShouldBe(6);
    }
}
