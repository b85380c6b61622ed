using PatientPortal.Interop.Contracts;
using PatientPortal.Scheduling.Domain;

namespace PatientPortal.Scheduling.Data;

/// <summary>
/// Takes the appointments that another system sent: kept byte for byte, and shown among the patient's visits, where they take
/// nobody's time. What can't be kept is quarantined with the element at fault; none is dropped.
/// </summary>
internal sealed class Intake
{
    readonly SchedulingDb db;
    readonly TimeProvider clock;
    readonly string source, zone;
    readonly Guid? patientId;
    readonly Dictionary<string, ArrivedAppointment> kept;
    readonly Dictionary<Guid, Appointment> visits;

    Intake(SchedulingDb db, TimeProvider clock, string source, string zone, Guid? patientId, Dictionary<string, ArrivedAppointment> kept, Dictionary<Guid, Appointment> visits) =>
        (this.db, this.clock, this.source, this.zone, this.patientId, this.kept, this.visits) = (db, clock, source, zone, patientId, kept, visits);

    /// <summary>Reads at once what is kept of these resources already.</summary>
    public static async Task<Intake> Open(
        SchedulingDb db, Supplies supplies, TimeProvider clock, string source, Guid? patientId, IReadOnlyList<ArrivedResource> resources, CancellationToken ct)
    {
        var ids = resources.Select(r => r.Id).Distinct().ToList();
        var kept = await db.ArrivedAppointments.Where(a => a.Source == source && ids.Contains(a.FhirId)).ToDictionaryAsync(a => a.FhirId, ct);
        var shown = kept.Values.Select(k => k.AppointmentId).OfType<Guid>().ToList();
        var visits = await db.Appointments.Where(a => shown.Contains(a.Id)).ToDictionaryAsync(a => a.Id, ct);
        var zone = (await supplies.Current(db, ct)).Locations.FirstOrDefault()?.Zone ?? "UTC";
        return new(db, clock, source, zone, patientId, kept, visits);
    }

    public TakenResource Take(ArrivedResource resource)
    {
        TakenResource Quarantined(string element, string reason) => new(resource.Type, resource.Id, "quarantined", element, reason);
        if (resource.Type is not "Appointment") return Quarantined("resourceType", "Scheduling keeps appointments only.");
        if (patientId is not { } patient) return Quarantined("Appointment.participant", "It belongs to no patient that is known here.");
        if (resource.Id.Length > 64) return Quarantined("Appointment.id", "It is longer than 64 characters.");

        var known = kept.GetValueOrDefault(resource.Id);
        if (known is not null && known.PatientId != patient) return Quarantined("Appointment.participant", "It belonged to another patient's chart before.");
        if (known is not null && known.Body.AsSpan().SequenceEqual(resource.Json)) return new(resource.Type, resource.Id, "unchanged", null, null);

        var (read, fault) = FhirAppointment.TryRead(resource.Json);
        if (fault is not null) return Quarantined(fault.Element, fault.Reason);
        if (known?.LastUpdated > read!.LastUpdated) return Quarantined("Appointment.meta.lastUpdated", "It is older than the version that is kept.");

        var outcome = known is null ? "created" : "updated";
        if (known is null)
        {
            known = new() { Id = Ids.New(clock), PatientId = patient, Source = source, FhirId = resource.Id, Body = resource.Json };
            db.Add(known);
            kept[resource.Id] = known;
        }
        (known.Body, known.LastUpdated) = (resource.Json, read!.LastUpdated ?? known.LastUpdated);
        Show(read, known);
        return new(resource.Type, resource.Id, outcome, null, null);
    }

    void Show(FhirAppointment read, ArrivedAppointment known)
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
            visit = Appointment.Imported(Ids.New(clock), known.PatientId, source, zone, clock.GetUtcNow());
            db.Add(visit);
            known.AppointmentId = visit.Id;
            visits[visit.Id] = visit;
        }
        visit.Follow(read.Status, start, end, read.Description);
    }
}
