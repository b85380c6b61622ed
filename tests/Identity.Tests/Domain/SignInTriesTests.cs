using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Tests.Domain;

public sealed class SignInTriesTests
{
    static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(4, 0)]
    [InlineData(5, 30)]
    [InlineData(6, 60)]
    [InlineData(9, 480)]
    [InlineData(10, 900)]
    [InlineData(99, 900)]
    [InlineData(100, 86_400)]
    public void delays_grow_and_stay_bearable_until_the_hundredth(int failures, int seconds) =>
        SignInTries.DelayAfter(failures).ShouldBe(TimeSpan.FromSeconds(seconds));

    [Fact]
    public void the_wait_ends_by_itself()
    {
        var tries = new SignInTries { NameHash = SignInTries.HashOf("maria") };
        for (var i = 0; i < 5; i++) tries.Failed(Noon);

        tries.WaitFrom(Noon).ShouldBe(TimeSpan.FromSeconds(30));
        tries.WaitFrom(Noon.AddSeconds(29)).ShouldBe(TimeSpan.FromSeconds(1));
        tries.WaitFrom(Noon.AddSeconds(30)).ShouldBeNull();
    }
}
