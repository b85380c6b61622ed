using MediatR;
using PatientPortal.Identity.Contracts;
using PatientPortal.Messaging.Data;
using PatientPortal.Messaging.Domain;

namespace PatientPortal.Messaging.Reactions;

/// <summary>Whoever owns the account hears that it changed, so that a thief can't change it unseen. A new account is welcomed by OnAccountActivated.</summary>
sealed class OnAccountSecurityChanged(NoticeDesk desk, RequestScope scope) : INotificationHandler<AccountSecurityChanged>
{
    public async Task Handle(AccountSecurityChanged news, CancellationToken ct)
    {
        NoticeKind? kind = news.What switch
        {
            "password_changed" => NoticeKind.PasswordChanged,
            "email_changed" => NoticeKind.EmailChanged,
            "second_factor_changed" => NoticeKind.SecondFactorChanged,
            "second_factor_removed" => NoticeKind.SecondFactorRemoved,
            "recovery_codes_changed" => NoticeKind.RecoveryCodesChanged,
            "passkey_added" => NoticeKind.PasskeyAdded,
            "passkey_removed" => NoticeKind.PasskeyRemoved,
            "recovery_code_used" => NoticeKind.RecoveryCodeUsed,
            "access_given" => NoticeKind.AccessGiven,
            "access_given_up" => NoticeKind.AccessGivenUp,
            "account_joined" => NoticeKind.AccountJoined,
            "email_change_stopped" => NoticeKind.EmailChangeStopped,
            "recovery_stopped" => NoticeKind.RecoveryStopped,
            "phone_reported" => NoticeKind.PhoneReported,
            "phone_confirmed" => NoticeKind.PhoneConfirmed,
            "account_closed" => NoticeKind.AccountClosed,
            _ => null,
        };
        if (kind is not { } known) return;
        await desk.TellAccount(news.AccountId, news.Email, news.Language, known, $"account:{scope.NewsId}", ct);
        await desk.Save(ct);
    }
}
