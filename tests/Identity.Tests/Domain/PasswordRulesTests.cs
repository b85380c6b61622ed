using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Tests.Domain;

public sealed class PasswordRulesTests
{
    static string? Alone(string? password, params string?[] personal) => PasswordRules.ProblemWith(password, hasSecondFactor: false, personal);

    [Theory]
    [InlineData("velvet otter under ninth lamp")]
    [InlineData("Portal-demo-2026")]
    [InlineData("correct horse battery staple")]
    [InlineData("nubes moradas comen pan tibio")]
    [InlineData("тихий чайник под лестницей")]
    [InlineData("七匹の猫が静かな庭で本を読んでいる")]
    public void long_unrelated_words_of_any_script_will_do(string password) => Alone(password, "maria", "Riverside Clinic").ShouldBeNull();

    [Fact]
    public void fifteen_characters_alone_and_eight_beside_a_second_factor()
    {
        Alone("kT9#vQ2m!xR7w4").ShouldBe(PasswordRules.TooShort);
        Alone("kT9#vQ2m!xR7w4z").ShouldBeNull();
        PasswordRules.ProblemWith("kT9#vQ2", hasSecondFactor: true).ShouldBe(PasswordRules.TooShortBesideCode);
        PasswordRules.ProblemWith("kT9#vQ2m", hasSecondFactor: true).ShouldBeNull();
    }

    [Fact]
    public void a_character_is_one_code_point()
    {
        var fourteenKeys = string.Concat(Enumerable.Repeat("🗝", 7).Concat(Enumerable.Repeat("🔒", 7)));
        fourteenKeys.Length.ShouldBe(28);
        Alone(fourteenKeys).ShouldBe(PasswordRules.TooShort);
    }

    [Fact]
    public void two_ways_to_type_one_letter_are_one_password() =>
        PasswordRules.Normal("Ordo\u0301n\u0303ez").ShouldBe(PasswordRules.Normal("Ordóñez"));

    [Fact]
    public void no_composition_is_asked_for() => Alone("thequietharborlanternfifth").ShouldBeNull();

    [Theory]
    [InlineData("passwordpassword")]
    [InlineData("aaaaaaaaaaaaaaaaaaaa")]
    [InlineData("123456789012345678")]
    [InlineData("qwertyuiopasdfghjkl")]
    [InlineData("abcabcabcabcabcabc")]
    public void what_everybody_tries_is_refused(string password) => Alone(password).ShouldBe(PasswordRules.TooCommon);

    [Theory]
    [InlineData("velvet otter maria.lopez lamp")]
    [InlineData("my riverside-clinic otter lamp")]
    [InlineData("MARIALOPEZ velvet otter ninth")]
    public void ones_own_name_and_the_clinics_are_refused(string password) =>
        Alone(password, "Maria.Lopez", "Riverside Clinic").ShouldBe(PasswordRules.TooPersonal);

    [Fact]
    public void a_short_name_does_not_forbid_half_the_dictionary() => Alone("velvet otter under ninth lamp", "ott").ShouldBeNull();

    [Fact]
    public void empty_broken_and_endless_input_get_an_answer()
    {
        Alone(null).ShouldNotBeNull();
        Alone("").ShouldNotBeNull();
        Alone("velvet otter under \ud800 lamp").ShouldNotBeNull();
        Alone(string.Concat(Enumerable.Range(0, 60).Select(i => $"word{i} "))).ShouldBe("Use at most 256 characters.");
        Alone(string.Concat(Enumerable.Range(0, 256).Select(i => (char)('a' + (i * i + 7 * i) % 26)))).ShouldBeNull();
    }
}
