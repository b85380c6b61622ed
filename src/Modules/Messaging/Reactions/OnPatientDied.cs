using MediatR;
using PatientPortal.Identity.Contracts;
using PatientPortal.Messaging.Data;
using PatientPortal.Messaging.Domain;

namespace PatientPortal.Messaging.Reactions;

/// <summary>Nothing more is sent to the account of somebody who has died, not even what was waiting; those who cared for them hear through Identity that their access rests.</summary>
sealed class OnPatientDied(MessagingDb db) : INotificationHandler<PatientDied>
{
    public async Task Handle(PatientDied news, CancellationToken ct)
    {
        if (!news.Deceased) return;
        foreach (var waiting in await db.Deliveries.Where(d => d.PatientId == news.PatientId && (d.State == DeliveryState.Due || d.State == DeliveryState.NeedsPerson)).ToListAsync(ct))
            waiting.Withdraw("The patient has died.");
        await db.Save(ct);
    }
}
