namespace PatientPortal.Kernel;

/// <summary>An exception to a rule of the house, with its reason. The architecture tests count them, and refuse one that nothing needs.</summary>
/// <param name="rule">The class name of the rule in the architecture tests.</param>
/// <param name="reason">Why the rule does not serve here.</param>
[AttributeUsage(AttributeTargets.All, AllowMultiple = true)]
public sealed class ExemptAttribute(string rule, string reason) : Attribute
{
    public string Rule => rule;
    public string Reason => reason;
}
