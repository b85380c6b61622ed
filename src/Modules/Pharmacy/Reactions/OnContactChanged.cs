using PatientPortal.Identity.Contracts;
using PatientPortal.Pharmacy.Data;
using PatientPortal.Pharmacy.Domain;

namespace PatientPortal.Pharmacy.Reactions;

sealed class OnContactChanged(PharmacyDb db) : INotificationHandler<ContactChanged>
{
    public async Task Handle(ContactChanged news, CancellationToken ct)
    {
        if (await db.KnownPatients.FindAsync([news.PatientId], ct) is not { } known)
            db.Add(new KnownPatient { Id = news.PatientId, Name = news.Name, BirthDate = news.BirthDate, TimeZone = news.TimeZone, Language = news.Language });
        else
            (known.Name, known.BirthDate, known.TimeZone, known.Language) = (news.Name, news.BirthDate, news.TimeZone, news.Language);
        await db.Save(ct);
    }
}
