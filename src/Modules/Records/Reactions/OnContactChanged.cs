using PatientPortal.Identity.Contracts;
using PatientPortal.Records.Data;
using PatientPortal.Records.Domain;

namespace PatientPortal.Records.Reactions;

sealed class OnContactChanged(RecordsDb db) : INotificationHandler<ContactChanged>
{
    public async Task Handle(ContactChanged news, CancellationToken ct)
    {
        if (await db.Patients.FindAsync([news.PatientId], ct) is { } known)
            (known.Name, known.BirthDate, known.Sex, known.TimeZone, known.Language) = (news.Name, news.BirthDate, news.Sex, news.TimeZone, news.Language);
        else
            // Order is kept within one reaction only: the registration may come after this, and finds what is newer.
            db.Add(new KnownPatient { Id = news.PatientId, Name = news.Name, BirthDate = news.BirthDate, Sex = news.Sex, TimeZone = news.TimeZone, Language = news.Language });
        await db.Save(ct);
    }
}
