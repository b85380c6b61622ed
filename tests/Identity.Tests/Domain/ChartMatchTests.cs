using FsCheck;
using FsCheck.Fluent;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Tests.Domain;

public sealed class ChartMatchTests
{
    static readonly PersonFacts Maria = Of("Maria Elena", "García", "1979-03-04", "female", "(555) 010-2233", "maria@example.test");

    static PersonFacts Of(string given, string family, string born, string? sex = null, string? phone = null, string? mail = null, params byte[][] numbers) =>
        new(given, family, DateOnly.Parse(born, null), sex, phone, mail, numbers);

    [Theory]
    // One person.
    [InlineData("sure", "Maria Elena", "Garcia", "1979-03-04", "female", "+1 555 010 2233", null)]
    [InlineData("sure", "MARÍA ELENA", "GARCÍA", "1979-03-04", "female", "555.010.2233 x12", "MARIA@example.test ")]
    [InlineData("sure", "Maria", "Garcia", "1979-03-04", "female", "5550102233", null)]
    [InlineData("sure", "Mariaelena", "Garcia Lopez", "1979-03-04", null, "5550102233", "maria@example.test")]
    [InlineData("sure", "García", "Maria Elena", "1979-03-04", "female", "5550102233", null)]
    [InlineData("likely", "Maria Elena", "Garcia", "1979-03-04", "female", null, null)]
    [InlineData("likely", "Maria Elena", "Garcia", "1979-04-03", "female", "5550102233", null)]
    [InlineData("likely", "Maria Elena", "Garcia", "1979-03-09", "female", null, null)]
    [InlineData("likely", "Maria Elena", "Garica", "1979-03-04", "female", null, null)]
    [InlineData("likely", "M", "Garcia", "1979-03-04", "female", "5550102233", null)]
    // The family name changed.
    [InlineData("likely", "Maria Elena", "Whitfield", "1979-03-04", "female", "5550102233", "maria@example.test")]
    [InlineData("other", "Maria Elena", "Whitfield", "1979-03-04", "female", null, null)]
    // Twins: the same day, the same house.
    [InlineData("other", "Rosa", "Garcia", "1979-03-04", "female", "5550102233", "maria@example.test")]
    // Twins with names that differ by a letter: somebody looks.
    [InlineData("likely", "Marta Elena", "Garcia", "1979-03-04", "female", "5550102233", "maria@example.test")]
    // Twins, boy and girl, of nearly one name.
    [InlineData("likely", "Mario Elena", "Garcia", "1979-03-04", "male", "5550102233", "maria@example.test")]
    // Mother and daughter of one name; and with one birthday, thirty years apart, which differ in one digit.
    [InlineData("other", "Maria Elena", "Garcia", "2004-11-20", "female", "5550102233", "maria@example.test")]
    [InlineData("other", "Maria Elena", "Garcia", "1949-03-04", "female", "5550102233", "maria@example.test")]
    // Sisters.
    [InlineData("other", "Rosa", "Garcia", "1981-07-12", "female", "5550102233", "maria@example.test")]
    // Somebody else who was born that day.
    [InlineData("other", "James", "Whitfield", "1979-03-04", "male", null, null)]
    // A name alone.
    [InlineData("other", "Maria Elena", "Garcia", "1955-12-30", null, null, null)]
    [InlineData("likely", "", "Garcia", "1979-03-04", "female", "5550102233", null)]
    public void pairs(string expected, string given, string family, string born, string? sex, string? phone, string? mail)
    {
        var (score, reasons) = ChartMatch.Of(Maria, Of(given, family, born, sex, phone, mail));
        (score >= ChartMatch.Sure ? "sure" : score >= ChartMatch.Likely ? "likely" : "other").ShouldBe(expected, $"{score}: {string.Join(", ", reasons)}");
        reasons.ShouldNotBeEmpty();
    }

    [Fact]
    public void a_number_in_common_finds_a_person_of_another_name_and_does_not_make_two_people_one()
    {
        byte[] number = [1, 2, 3], same = [1, 2, 3], other = [1, 2, 4];
        var known = Of("Maria", "Garcia", "1979-03-04", "female", numbers: number);
        ChartMatch.Of(known, Of("Maria", "Whitfield", "1979-03-04", "female", numbers: same)).Score.ShouldBeInRange(ChartMatch.Likely, ChartMatch.Sure - 1);
        ChartMatch.Of(known, Of("Maria", "Garcia", "1979-03-04", "female", numbers: same)).Score.ShouldBe(100);
        ChartMatch.Of(known, Of("Maria", "Garcia", "1979-03-04", "female", numbers: other)).Score.ShouldBeLessThan(ChartMatch.Sure);
        ChartMatch.Of(known, Of("James", "Okoye", "1950-01-09", "male", numbers: same)).Score.ShouldBeLessThan(ChartMatch.Likely);
    }

    [Fact]
    public void the_reasons_are_told_in_words()
    {
        ChartMatch.Of(Maria, Of("Maria Elena", "Garcia", "1979-04-03", "male", "5550102233")).Reasons
            .ShouldBe(["Same family name", "Same given name", "Birth dates with day and month swapped", "Different sex", "Same telephone number"]);
    }

    [Fact]
    public void what_stands_for_a_missing_telephone_number_is_none()
    {
        foreach (var none in new[] { "000-000-0000", "n/a", "911", "" })
            ChartMatch.Of(Of("Ana", "Cruz", "1990-01-02", phone: none), Of("Ana", "Cruz", "1990-01-02", phone: none)).Reasons.ShouldNotContain("Same telephone number", none);
    }

    static readonly string[] GivenNames = ["Ana", "Ann", "Anna Maria", "Maria", "Marie", "A", "", "José", "Jose Luis", "Liam"];
    static readonly string[] FamilyNames = ["Cruz", "de la Cruz", "Delacruz", "Cruz Ortiz", "Crus", "", "Ana", "O'Neil", "ONeil"];

    static readonly Gen<PersonFacts> Anybody =
        from given in Gen.Elements(GivenNames)
        from family in Gen.Elements(FamilyNames)
        from days in Gen.Choose(0, 400)
        from century in Gen.Elements(0, 1, 9, 10, 20, 30)
        from sex in Gen.Elements("female", "male", "other", null)
        from phone in Gen.Elements("5550102233", "+1 (555) 010-2233", "5550109999", null)
        from mail in Gen.Elements("a@example.test", null)
        select new PersonFacts(given, family, new DateOnly(1990, 1, 1).AddDays(days).AddYears(century), sex, phone, mail);

    static void Holds(Func<PersonFacts, PersonFacts, bool> holds) => Check.One(Config.QuickThrowOnFailure.WithMaxTest(3_000),
        Prop.ForAll((from a in Anybody from b in Anybody select (a, b)).ToArbitrary(), pair => holds(pair.a, pair.b)));

    [Fact]
    public void a_match_is_the_same_from_both_sides_and_in_bounds() => Holds((a, b) =>
    {
        var (one, other) = (ChartMatch.Of(a, b), ChartMatch.Of(b, a));
        return one.Score == other.Score && one.Reasons.SequenceEqual(other.Reasons) && one.Score is >= 0 and <= 100;
    });

    [Fact]
    public void whoever_is_likely_has_a_birth_date_that_is_searched() =>
        Holds((a, b) => ChartMatch.Of(a, b).Score < ChartMatch.Likely || ChartMatch.BirthDatesNear(a.BirthDate).Contains(b.BirthDate));

    [Fact]
    public void nobody_is_sure_without_the_same_birth_date() => Holds((a, b) => ChartMatch.Of(a, b).Score < ChartMatch.Sure || a.BirthDate == b.BirthDate);

    [Fact]
    public void the_searched_birth_dates_are_few()
    {
        for (var born = new DateOnly(1920, 1, 1); born.Year < 2026; born = born.AddDays(17)) ChartMatch.BirthDatesNear(born).Count.ShouldBeLessThan(50, born.ToString());
    }
}
