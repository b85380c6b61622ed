using PatientPortal.Identity.Contracts;
using PatientPortal.Records.Data;

namespace PatientPortal.Records.Reactions;

sealed class OnContactChanged(RecordsDb db) : INotificationHandler<ContactChanged>
{
    public async Task Handle(ContactChanged news, CancellationToken ct)
    {
        if (await db.Patients.FindAsync([news.PatientId], ct) is not { } patient) return;
        (patient.Name, patient.BirthDate, patient.Sex, patient.TimeZone, patient.Language) = (news.Name, news.BirthDate, news.Sex, news.TimeZone, news.Language);
        await db.Save(ct);
    }
}
