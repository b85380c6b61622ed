using PatientPortal.Identity.Contracts;
using PatientPortal.Pharmacy.Data;
using PatientPortal.Pharmacy.Domain;

namespace PatientPortal.Pharmacy.Reactions;

sealed class OnPatientRegistered(PharmacyDb db) : INotificationHandler<PatientRegistered>
{
    public async Task Handle(PatientRegistered news, CancellationToken ct)
    {
        // A change of contact that was delivered first knows more than this older news.
        if (await db.KnownPatients.AnyAsync(p => p.Id == news.PatientId, ct)) return;
        db.Add(new KnownPatient { Id = news.PatientId, Name = news.Name, BirthDate = news.BirthDate, TimeZone = news.TimeZone, Language = news.Language });
        await db.Save(ct);
    }
}
