using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using PatientPortal.Kernel.Texts;
using PatientPortal.Records.Domain.Fhir;

namespace PatientPortal.Records.Tests.Domain;

public class FhirDateTests
{
    const string NewYork = "America/New_York";

    [Theory]
    [InlineData("2019", Precision.Year, "2019", "2019")]
    [InlineData("2019-05", Precision.Month, "May 2019", "May 2019")]
    [InlineData("2019-05-03", Precision.Day, "May 3, 2019", "Friday, May 3, 2019")]
    [InlineData("2019-05-03T02:00:00Z", Precision.Instant, "May 2, 2019", "Thursday, May 2, 2019 at 10:00 pm EDT")]
    [InlineData("2019-05-03T02:00:00.123456789-04:00", Precision.Instant, "May 3, 2019", "Friday, May 3, 2019 at 2:00 am EDT")]
    [InlineData("2019-05-03T02:00", Precision.Instant, "May 3, 2019", "Friday, May 3, 2019")]
    public void a_date_is_said_as_precisely_as_it_came(string text, object precision, string brief, string whole)
    {
        var date = FhirDate.Parse(text)!.Value;
        date.Precision.ShouldBe(precision);
        date.Short(NewYork, new Texts()).ShouldBe(brief);
        date.Said(NewYork, new Texts()).ShouldBe(whole);
        date.Text.ShouldBe(text);
    }

    [Fact]
    public void a_month_is_said_in_spanish_too() => FhirDate.Parse("2019-05")!.Value.Short(NewYork, new Texts { Language = "es" }).ShouldBe("mayo de 2019");

    [Theory]
    [InlineData(""), InlineData("19"), InlineData("2019-13"), InlineData("2019-02-30"), InlineData("May 2019"), InlineData("2019-05-03T"), InlineData("2019-05-03T25:00:00Z"), InlineData("2019-05-03 10:00:00Z"), InlineData(null)]
    public void what_is_no_date_is_none(string? text) => FhirDate.Parse(text).ShouldBeNull();

    [Fact]
    public void a_leap_second_is_read() => FhirDate.Parse("2016-12-31T23:59:60Z").ShouldNotBeNull();

    [Fact]
    public void any_instant_is_read_back_whatever_its_offset() => Prop.ForAll(
        ArbMap.Default.ArbFor<DateTime>(), ArbMap.Default.GeneratorFor<int>().Select(n => Math.Abs(n % 27) - 12).ToArbitrary(), (at, hours) =>
        {
            var instant = new DateTimeOffset(Math.Clamp(at.Ticks, TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay), TimeSpan.Zero).ToOffset(TimeSpan.FromHours(hours));
            var text = instant.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);
            return (FhirDate.Parse(text)!.Value.Start - instant).Duration() < TimeSpan.FromMilliseconds(1);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void no_text_whatever_is_an_exception() => Prop.ForAll(ArbMap.Default.ArbFor<string?>(), text => FhirDate.Parse(text) is null or { Text: not null }).QuickCheckThrowOnFailure();
}
