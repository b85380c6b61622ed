namespace PatientPortal.Messaging.Domain;

/// <summary>What a notice tells.</summary>
enum NoticeKind
{
    AppointmentBooked, AppointmentMoved, AppointmentCancelled, Reminder, Results, Message,
    RefillApproved, RefillDenied, RefillReady, Welcome, PasswordReset, PasswordChanged, EmailChanged,
    SecondFactorChanged, SecondFactorRemoved, RecoveryCodesChanged, RecoveryCodeUsed, PrivacyAnswer,
    ProxyInvitation, AccessGiven, AccessWillChange, PasskeyAdded, PasskeyRemoved, StaffInvited, AccountJoined, SignUpLink, SignUpOfMember,
    UserNames, EmailToConfirm, EmailChangeAsked, EmailChangeDone, EmailChangeStopped, RecoveryOpened, RecoveryStopped, PhoneReported, PhoneConfirmed, AccountClosed,
    AccessGivenUp, ReviewsOverdue,
}

/// <summary>What people switch on and off: kinds that belong together.</summary>
enum NoticeGroup { Appointments, Reminders, Results, Messages, Refills, Security }

static class NoticeKinds
{
    public static NoticeGroup Group(this NoticeKind kind) => kind switch
    {
        NoticeKind.AppointmentBooked or NoticeKind.AppointmentMoved or NoticeKind.AppointmentCancelled => NoticeGroup.Appointments,
        NoticeKind.Reminder => NoticeGroup.Reminders,
        NoticeKind.Results => NoticeGroup.Results,
        NoticeKind.Message => NoticeGroup.Messages,
        NoticeKind.RefillApproved or NoticeKind.RefillDenied or NoticeKind.RefillReady => NoticeGroup.Refills,
        _ => NoticeGroup.Security,
    };

    /// <summary>Who takes over an account must not be able to silence the warning.</summary>
    public static bool CanBeMuted(this NoticeGroup group) => group is not NoticeGroup.Security;

    /// <summary>The scope a proxy needs to hear of it; null for news about an account, which only its owner hears.</summary>
    public static string? Scope(this NoticeGroup group) => group switch
    {
        NoticeGroup.Appointments or NoticeGroup.Reminders => "appointments",
        NoticeGroup.Results => "records",
        NoticeGroup.Messages => "messages",
        NoticeGroup.Refills => "medications",
        _ => null,
    };

    /// <summary>The word of the API: "appointment_booked".</summary>
    public static string Code(this NoticeKind kind) =>
        string.Concat(kind.ToString().Select((c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));

    public static string Code(this DeliveryState state) => state switch
    {
        DeliveryState.NeedsPerson => "failed",
        _ => state.ToString().ToLowerInvariant(),
    };
}
