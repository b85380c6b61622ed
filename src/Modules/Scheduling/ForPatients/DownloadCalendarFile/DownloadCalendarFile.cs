using System.Text;
using PatientPortal.Scheduling.Data;
using PatientPortal.Scheduling.Domain;

namespace PatientPortal.Scheduling.ForPatients.DownloadCalendarFile;

/// <summary>The appointment as a file for a calendar; a later one moves or cancels the entry that an earlier one made.</summary>
[Does(Act.Read, "appointment", "Downloaded an appointment for a calendar", Needs = "appointments")]
internal sealed record DownloadCalendarFileRequest(Guid Id);

internal sealed record CalendarDownload(string Text);

internal sealed class DownloadCalendarFileHandler(SchedulingDb db, CurrentPatient me, Supplies supplies, Texts T, TimeProvider clock)
    : IHandle<DownloadCalendarFileRequest, CalendarDownload>
{
    public async Task<Outcome<CalendarDownload>> Handle(DownloadCalendarFileRequest ask, CancellationToken ct)
    {
        if (await db.AppointmentOf(me.Id, ask.Id) is not { } found) return Outcome.NotFound;
        var appointment = found.Appointment;
        var place = (await supplies.Of(found.SupplyVersion, db, ct)).Location(appointment.LocationId);
        return new CalendarDownload(CalendarFile.Write(
            appointment.Id, appointment.Version, appointment.StartsAt, appointment.EndsAt, appointment.Zone,
            T["Appointment"], place is null ? "" : $"{place.Name}, {place.Address}", T["You find the details in your patient portal."],
            appointment.Status is AppointmentStatus.Cancelled, clock.GetUtcNow()));
    }
}

internal sealed class DownloadCalendarFileApi : IPatientApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/appointments/{id:guid}.ics", async (Guid id, IHandle<DownloadCalendarFileRequest, CalendarDownload> download, CancellationToken ct) =>
                (await download.Handle(new(id), ct)).ToHttp(file =>
                    Results.File(Encoding.UTF8.GetBytes(file.Text), CalendarFile.ContentType, "appointment.ics")))
           .WithName("DownloadCalendarFile").Produces(200, contentType: "text/calendar").ProducesProblem(404);
}
