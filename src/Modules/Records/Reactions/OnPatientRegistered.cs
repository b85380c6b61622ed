using PatientPortal.Identity.Contracts;
using PatientPortal.Records.Data;
using PatientPortal.Records.Domain;

namespace PatientPortal.Records.Reactions;

sealed class OnPatientRegistered(RecordsDb db) : INotificationHandler<PatientRegistered>
{
    public async Task Handle(PatientRegistered news, CancellationToken ct)
    {
        if (await db.Patients.AnyAsync(p => p.Id == news.PatientId, ct)) return;
        db.Add(new KnownPatient { Id = news.PatientId, Name = news.Name, BirthDate = news.BirthDate, Sex = news.Sex, TimeZone = news.TimeZone, Language = news.Language });
        await db.Save(ct);
    }
}
