using MediatR;
using PatientPortal.Identity.Contracts;
using PatientPortal.Messaging.Data;
using PatientPortal.Messaging.Domain;

namespace PatientPortal.Messaging.Reactions;

/// <summary>Remembers what conversations and notices need to know of a patient.</summary>
sealed class OnPatientRegistered(MessagingDb db) : INotificationHandler<PatientRegistered>
{
    public async Task Handle(PatientRegistered news, CancellationToken ct)
    {
        if (await db.KnownPatients.AnyAsync(p => p.Id == news.PatientId, ct)) return;
        db.Add(new KnownPatient { Id = news.PatientId, Name = news.Name, TimeZone = news.TimeZone, Language = news.Language });
        await db.Save(ct);
    }
}
