namespace PatientPortal.Messaging.Domain;

/// <summary>What a subject and a body have to look like, for everybody who writes.</summary>
static class MessageRules
{
    public static void Subject<T>(this IRuleBuilder<T, string> rule) => rule
        .Must(s => !string.IsNullOrWhiteSpace(s)).WithMessage("Say in a few words what your message is about.")
        .Must(s => s is null || PlainText.Tidy(s).Length <= MessagingLimits.Subject).WithMessage($"Keep the subject under {MessagingLimits.Subject} characters; the message itself can be longer.")
        .Must(s => s is null || PlainText.IsLine(PlainText.Tidy(s))).WithMessage("The subject holds characters that can't be shown. Type it again as plain text on one line.");

    public static void Body<T>(this IRuleBuilder<T, string> rule) => rule
        .Must(b => !string.IsNullOrWhiteSpace(b)).WithMessage("Write your message.")
        .Must(b => b is null || PlainText.Tidy(b).Length <= MessagingLimits.Body).WithMessage($"Keep the message under {MessagingLimits.Body:N0} characters.")
        .Must(b => b is null || PlainText.IsText(PlainText.Tidy(b))).WithMessage("The message holds characters that can't be shown. Paste it again as plain text.");
}
