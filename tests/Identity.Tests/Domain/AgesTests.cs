using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Tests.Domain;

public sealed class AgesTests
{
    [Theory]
    [InlineData("2008-02-29", "2026-02-28", 17)]
    [InlineData("2008-02-29", "2026-03-01", 18)]
    [InlineData("2012-02-29", "2024-02-29", 12)]
    [InlineData("2008-11-22", "2026-11-21", 17)]
    [InlineData("2008-11-22", "2026-11-22", 18)]
    public void an_age_is_in_whole_years(string birth, string today, int age) =>
        Ages.On(DateOnly.Parse(birth, null), DateOnly.Parse(today, null)).ShouldBe(age);

    [Fact]
    public void the_day_somebody_turns_an_age_is_the_first_day_of_it()
    {
        for (var birth = new DateOnly(2007, 1, 1); birth < new DateOnly(2012, 12, 31); birth = birth.AddDays(1))
        {
            var day = Ages.Turns(birth, 18);
            (Ages.On(birth, day.AddDays(-1)), Ages.On(birth, day)).ShouldBe((17, 18), birth.ToString());
        }
    }
}
