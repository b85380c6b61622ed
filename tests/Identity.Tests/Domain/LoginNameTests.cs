using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Tests.Domain;

public sealed class LoginNameTests
{
    [Theory]
    [InlineData("Maria", " maria ")]
    [InlineData("ｍａｒｉａ", "maria")]
    [InlineData("Jose\u0301", "josé")]
    public void look_alikes_are_one_name(string one, string other) => LoginName.Key(one).ShouldBe(LoginName.Key(other));

    [Theory]
    [InlineData("maria", true)]
    [InlineData("maria.lopez+home@example.org", true)]
    [InlineData("Ordóñez57", true)]
    [InlineData("ab", false)]
    [InlineData("two words", false)]
    [InlineData("<script>", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void names_are_letters_digits_and_a_little_between(string? name, bool fine) => LoginName.IsWellFormed(name).ShouldBe(fine);

    [Theory]
    [InlineData("\ud800")]
    [InlineData("a\udfffb")]
    [InlineData("a\0b")]
    [InlineData(null)]
    public void anything_has_a_key(string? name) => Should.NotThrow(() => LoginName.Key(name)).ShouldNotContain('\0');
}
