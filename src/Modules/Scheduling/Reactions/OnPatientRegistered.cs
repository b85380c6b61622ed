using PatientPortal.Identity.Contracts;
using PatientPortal.Scheduling.Data;
using PatientPortal.Scheduling.Domain;

namespace PatientPortal.Scheduling.Reactions;

internal sealed class OnPatientRegistered(SchedulingDb db) : INotificationHandler<PatientRegistered>
{
    public async Task Handle(PatientRegistered news, CancellationToken ct)
    {
        // A change of contact may have been delivered first, and is newer.
        if (await db.KnownPatients.FindAsync([news.PatientId], ct) is null)
            db.Add(new KnownPatient { Id = news.PatientId, Name = news.Name, BirthDate = news.BirthDate, Phone = news.Phone });
        await db.Save(ct);
    }
}
