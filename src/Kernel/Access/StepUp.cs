using PatientPortal.Kernel.Requests;

namespace PatientPortal.Kernel.Access;

/// <summary>
/// On a page that sends a request with <c>StepUp</c>: whoever proved who they are too long ago is asked before they fill anything in, and comes
/// back here. A form that was open for longer keeps what was entered; its problem note leads to the question in a second tab.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StepUpAttribute : Attribute;

/// <summary>Step-up: what would let a thief of an open session stay (sign-in, contact details, who may act for whom) wants a recent proof.</summary>
public static class StepUp
{
    /// <summary>Long enough to fill in a form after proving it; shorter than the shortest idle limit (15 minutes), so that a screen somebody left is no proof.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromMinutes(10);

    /// <summary>The page that asks.</summary>
    public const string Page = "/account/prove";

    public static bool IsFresh(Actor actor, DateTimeOffset now) => actor.ProvenAt is { } at && now - at < Within;

    public static Refusal Required { get; } = Outcome.Forbidden("step_up_required", "For this we ask again who you are: it has been more than 10 minutes.") with
    {
        NextStep = "Confirm that it is you, then send this again.",
    };
}
