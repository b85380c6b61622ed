using PatientPortal.Identity.Contracts;
using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;
using PatientPortal.Kernel.Sealing;

namespace PatientPortal.Identity.Reactions;

/// <summary>Looks which accounts are reached at the address, and tells it. At most one mail in ten minutes and three a day for one address; none where nobody is reached.</summary>
sealed class OnUserNameForgotten(IdentityDb db, Vault vault, TimeProvider clock) : INotificationHandler<UserNameForgotten>
{
    /// <summary>More than any family has; the mail stays one.</summary>
    const int Most = 20;

    public async Task Handle(UserNameForgotten notification, CancellationToken cancellationToken)
    {
        var (now, print) = (clock.GetUtcNow(), MailAddress.PrintOf(notification.Email, vault));
        var accounts = await db.Accounts.AsNoTracking().Where(a => a.EmailPrint == print && a.DisabledAt == null).OrderBy(a => a.UserNameKey).Take(Most).ToListAsync(cancellationToken);
        if (accounts.Count is 0) return;

        var day = now.AddDays(-1);
        var sent = await db.UserNameMails.AsNoTracking().Where(m => m.EmailPrint == print && m.SentAt > day).Select(m => m.SentAt).ToListAsync(cancellationToken);
        if (sent.Count >= UserNameMail.MostADay || sent.Any(at => now - at < UserNameMail.Every)) return;

        var mail = new UserNameMail { Id = Ids.New(clock), EmailPrint = print, SentAt = now };
        db.Add(mail);
        db.Announce(new UserNamesFound(mail.Id, accounts[0].Email, accounts[0].Language, [.. accounts.Select(a => a.UserName)]), mail.Id);
        await db.Save(cancellationToken);
    }
}
