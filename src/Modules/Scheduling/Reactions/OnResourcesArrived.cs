using PatientPortal.Interop.Contracts;
using PatientPortal.Scheduling.Data;
using PatientPortal.Scheduling.Domain;

namespace PatientPortal.Scheduling.Reactions;

/// <summary>
/// Keeps the appointments that another system sent, byte for byte, and shows them among the patient's visits. They take
/// nobody's time here. Every resource is accounted for: what can't be kept is quarantined with the element at fault.
/// </summary>
internal sealed class OnResourcesArrived(SchedulingDb db, Supplies supplies, TimeProvider clock) : INotificationHandler<ResourcesArrived>
{
    public async Task Handle(ResourcesArrived news, CancellationToken ct)
    {
        if (news.Owner is not "scheduling") return;
        var ids = news.Resources.Select(r => r.Id).Distinct().ToList();
        var kept = await db.ArrivedAppointments.Where(a => a.Source == news.Source && ids.Contains(a.FhirId)).ToDictionaryAsync(a => a.FhirId, ct);
        var shown = kept.Values.Select(k => k.AppointmentId).ToList();
        var visits = await db.Appointments.Where(a => shown.Contains(a.Id)).ToDictionaryAsync(a => a.Id, ct);
        var zone = (await supplies.Current(db, ct)).Locations.FirstOrDefault()?.Zone ?? "UTC";

        var taken = news.Resources.Select(r => Take(r, news, kept, visits, zone)).ToList();
        db.Announce(new ResourcesTaken(news.ArrivalId, news.BatchId, "scheduling", taken), news.PatientId);
        await db.Save(ct);
    }

    TakenResource Take(ArrivedResource resource, ResourcesArrived news, Dictionary<string, ArrivedAppointment> kept, Dictionary<Guid, Appointment> visits, string zone)
    {
        TakenResource Quarantined(string element, string reason) => new(resource.Type, resource.Id, "quarantined", element, reason);
        if (resource.Type is not "Appointment") return Quarantined("resourceType", "Scheduling keeps appointments only.");
        if (news.PatientId is not { } patient) return Quarantined("Appointment.participant", "It belongs to no patient that is known here.");
        if (resource.Id.Length > 64) return Quarantined("Appointment.id", "It is longer than 64 characters.");

        var known = kept.GetValueOrDefault(resource.Id);
        if (known is not null && known.PatientId != patient) return Quarantined("Appointment.participant", "It belonged to another patient's chart before.");
        if (known is not null && known.Body.AsSpan().SequenceEqual(resource.Json)) return new(resource.Type, resource.Id, "unchanged", null, null);

        var (read, fault) = FhirAppointment.TryRead(resource.Json);
        if (fault is not null || read is null) return Quarantined(fault!.Element, fault.Reason);
        if (known?.LastUpdated > read.LastUpdated) return Quarantined("Appointment.meta.lastUpdated", "It is older than the version that is kept.");

        var isNew = known is null;
        if (known is null)
        {
            known = new() { Id = Ids.New(clock), PatientId = patient, Source = news.Source, FhirId = resource.Id, Body = resource.Json };
            db.Add(known);
            kept[resource.Id] = known;
        }
        (known.Body, known.LastUpdated) = (resource.Json, read.LastUpdated ?? known.LastUpdated);
        Show(read, known, visits, zone);
        return new(resource.Type, resource.Id, isNew ? "created" : "updated", null, null);
    }

    void Show(FhirAppointment read, ArrivedAppointment known, Dictionary<Guid, Appointment> visits, string zone)
    {
        var visit = known.AppointmentId is { } id ? visits.GetValueOrDefault(id) : null;
        if (read is not { Start: { } start, End: { } end })
        {
            // It has no time any more: nothing is left to show.
            if (visit is not null) db.Remove(visit);
            known.AppointmentId = null;
            return;
        }
        if (visit is null)
        {
            visit = Appointment.Imported(Ids.New(clock), known.PatientId, known.Source, zone, clock.GetUtcNow());
            db.Add(visit);
            known.AppointmentId = visit.Id;
            visits[visit.Id] = visit;
        }
        visit.Follow(read.Status, start, end, read.Description);
    }
}
