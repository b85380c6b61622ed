using PatientPortal.Identity.Contracts;
using PatientPortal.Scheduling.Data;
using PatientPortal.Scheduling.Domain;

namespace PatientPortal.Scheduling.Reactions;

internal sealed class OnContactChanged(SchedulingDb db) : INotificationHandler<ContactChanged>
{
    public async Task Handle(ContactChanged news, CancellationToken ct)
    {
        if (await db.KnownPatients.FindAsync([news.PatientId], ct) is { } known)
            (known.Name, known.BirthDate, known.Phone) = (news.Name, news.BirthDate, news.Phone);
        else
            db.Add(new KnownPatient { Id = news.PatientId, Name = news.Name, BirthDate = news.BirthDate, Phone = news.Phone });
        await db.Save(ct);
    }
}
