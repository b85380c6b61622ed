using MediatR;
using PatientPortal.Identity.Contracts;
using PatientPortal.Messaging.Data;
using PatientPortal.Messaging.Domain;

namespace PatientPortal.Messaging.Reactions;

/// <summary>What a parent wrote stays to be read and ends there: nobody goes on in it, neither the new adult nor the team.</summary>
sealed class OnCameOfAge(MessagingDb db, TimeProvider clock) : INotificationHandler<CameOfAge>
{
    public async Task Handle(CameOfAge news, CancellationToken ct)
    {
        foreach (var thread in await db.Threads.Where(t => t.PatientId == news.PatientId && t.Messages.Any(m => m.From == From.Proxy)).ToListAsync(ct))
            thread.Seal(clock.GetUtcNow());
        await db.Save(ct);
    }
}
