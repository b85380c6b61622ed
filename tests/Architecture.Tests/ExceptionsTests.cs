using PatientPortal.Architecture.Tests.Looking;
using Shouldly;
using Xunit;

namespace PatientPortal.Architecture.Tests;

public sealed class ExceptionsTests
{
    /// <summary>How many exceptions the house makes. Raising it is a decision that a reviewer sees.</summary>
    const int Allowed = 0;

    static readonly HashSet<string> rules = [.. typeof(Rule).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Rule))).Select(t => t.Name)];

    [Fact]
    public void exceptions_are_counted() =>
        Portal.Real.Exemptions.Count().ShouldBe(Allowed, string.Join("\n", Portal.Real.Exemptions.Select(e => $"{e.File.Path}: {e.Rule}, because {e.Reason}")));

    [Fact]
    public void an_exception_names_a_rule_and_gives_a_reason() =>
        Portal.Real.Exemptions.Where(e => !rules.Contains(e.Rule) || e.Reason.Length < 20).Select(e => $"{e.File.Path}: {e.Rule}").ShouldBeEmpty();

    [Fact]
    public void there_are_rules() => rules.Count.ShouldBeGreaterThan(25);
}
