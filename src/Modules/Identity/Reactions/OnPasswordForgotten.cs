using PatientPortal.Identity.Contracts;
using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Reactions;

/// <summary>Makes the link, for a name that somebody has. At most one in two minutes, so that a mailbox is not a target; it replaces earlier ones.</summary>
sealed class OnPasswordForgotten(IdentityDb db, TimeProvider clock) : INotificationHandler<PasswordForgotten>
{
    public async Task Handle(PasswordForgotten notification, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var account = await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.UserNameKey == notification.UserNameKey, cancellationToken);
        if (account is null || account.DisabledAt is not null) return;

        var open = await db.PasswordResets.Where(r => r.AccountId == account.Id && r.UsedAt == null && r.ExpiresAt > now).ToListAsync(cancellationToken);
        if (open.Any(r => now - r.AskedAt < IdentityLimits.PasswordResetEvery)) return;
        foreach (var earlier in open) earlier.UsedAt = now;

        var token = Secret.New();
        var reset = new PasswordReset { Id = Ids.New(clock), AccountId = account.Id, TokenHash = Secret.Hash(token), AskedAt = now, ExpiresAt = now + IdentityLimits.PasswordReset };
        db.Add(reset);
        db.Announce(new PasswordResetAsked(account.Id, account.Name, account.Email, account.Language, token, reset.ExpiresAt), account.Id);
        await db.Save(cancellationToken);
    }
}
