using MediatR;
using PatientPortal.Identity.Contracts;
using PatientPortal.Messaging.Data;

namespace PatientPortal.Messaging.Reactions;

/// <summary>
/// Keeps a patient's name, zone and language as they are now. The address of the chart is left alone: notices go to the account's
/// own address, which only its owner changes.
/// </summary>
sealed class OnContactChanged(MessagingDb db) : INotificationHandler<ContactChanged>
{
    public async Task Handle(ContactChanged news, CancellationToken ct)
    {
        var patient = await db.KnownPatients.SingleAsync(p => p.Id == news.PatientId, ct);
        (patient.Name, patient.TimeZone, patient.Language) = (news.Name, news.TimeZone, news.Language);
        await db.Save(ct);
    }
}
