using PatientPortal.Architecture.Tests.Looking;
using Shouldly;
using Xunit;

namespace PatientPortal.Architecture.Tests;

/// <summary>
/// One rule of the house: it holds in the portal, it looked at something, and it catches the sample that breaks it.
/// An exception is <c>[Exempt("the_class_name_of_the_rule", "the reason")]</c> on the type, or anywhere in the file.
/// </summary>
public abstract class Rule(Promise promise, Sample bad, string catches)
{
    string Name => GetType().Name;

    [Fact]
    public void holds()
    {
        var reading = promise.Read(Portal.Real, Name);
        reading.Looked.ShouldBeGreaterThan(0, $"RULE IS BLIND  \"{promise.Says}\" looked at nothing. A rule with nothing to check is a bug in the rule.");
        if (reading.Breaches.Count > 0) Assert.Fail(promise.Report(reading.Breaches));
    }

    [Fact]
    public void catches_its_bad_sample()
    {
        var reading = promise.Read(bad.Build(), Name);
        reading.Breaches.Select(b => b.Who).ShouldContain(catches, $"RULE IS DEAF  \"{promise.Says}\" did not see {catches}; it saw: {string.Join(", ", reading.Breaches)}");
    }

    [Fact]
    public void every_exception_to_it_is_needed()
    {
        var exempted = promise.Read(Portal.Real, Name).Exempted.Count;
        var written = Portal.Real.Exemptions.Where(e => e.Rule == Name).ToList();
        written.Count.ShouldBe(exempted, $"An exception that nothing needs hides the next breach: {string.Join(", ", written.Select(w => w.File.Path))}");
    }
}
