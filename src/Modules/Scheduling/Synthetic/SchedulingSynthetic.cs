using PatientPortal.Scheduling.Data;
using PatientPortal.Scheduling.Domain;
using PatientPortal.Synthetic;

namespace PatientPortal.Scheduling.Synthetic;

/// <summary>The synthetic clinic's places, providers, hours and visits.</summary>
internal sealed class SchedulingSynthetic(SchedulingDb db, SchedulingLimits limits, TimeProvider clock) : ISynthetic
{
    public int Order => 20;

    public async Task Fill(Cast cast, CancellationToken ct)
    {
        // The migration made this row; a start that begins anew after a kill has wiped it with all the others.
        if (!await db.SupplyVersions.AnyAsync(ct)) db.Add(new SupplyVersion { Id = 1, Number = 1 });
        db.AddRange(cast.Locations.Select((l, i) => new Location
        {
            Id = l.Id, Number = i + 1, Name = l.Name, Address = l.Address, Phone = l.Phone, Zone = l.TimeZone,
        }));
        db.AddRange(cast.Providers.Select((p, i) => new Provider { Id = p.Id, Number = i + 1, Name = p.Name, Title = p.Specialty }));
        db.AddRange(cast.Providers.SelectMany(p => p.Templates.SelectMany(t => HoursOf(p, t, cast))));
        db.AddRange(cast.VisitTypes.Select((v, i) => VisitTypeOf(v, i + 1)));
        db.AddRange(cast.VisitTypes.SelectMany(v => v.ProviderIds.Select(p => new Offering { ProviderId = p, VisitTypeId = v.Id })));
        db.AddRange(cast.Patients.Select(p => new KnownPatient { Id = p.Id, Name = p.Name, BirthDate = p.BirthDate, Phone = p.Phone }));
        foreach (var told in cast.Appointments)
        {
            var appointment = Appointment.Told(
                told.Id, told.PatientId, told.ProviderId, told.LocationId, told.VisitTypeId, told.TimeZone, told.Start, told.End,
                told.Reason, told.BookedAt, StatusOf(told.State), told.CancelReason);
            db.Add(appointment);
            if (told.State is CastVisitState.Booked) db.AddRange(Reminder.For(appointment, cast.Now, limits, clock));
        }
        await db.Save(ct);
    }

    static IEnumerable<WeeklyHours> HoursOf(CastProvider provider, CastTemplate template, Cast cast)
    {
        (TimeOnly From, TimeOnly To)[] stretches = template is { LunchFrom: { } from, LunchTo: { } to }
            ? [(template.From, from), (to, template.To)]
            : [(template.From, template.To)];
        foreach (var day in template.Weekdays)
            foreach (var stretch in stretches)
                yield return new()
                {
                    Id = Guid.CreateVersion7(cast.Now), ProviderId = provider.Id, LocationId = template.LocationId,
                    Day = day, From = stretch.From, To = stretch.To, ValidFrom = cast.Today.AddYears(-6),
                };
    }

    static VisitType VisitTypeOf(CastVisitType told, int number)
    {
        var isUrgent = told.Name is "Sick visit";
        return new()
        {
            Id = told.Id, Number = number, Position = number, Name = told.Name, SpanishName = told.SpanishName, Description = told.Description,
            Minutes = told.Minutes, ByPatients = told.ByPatients, HorizonDays = isUrgent ? 14 : 120,
            // What was just booked can still be given back: the cut-off is shorter than the lead time.
            LeadMinutes = isUrgent ? 60 : 240, CutOffMinutes = isUrgent ? 30 : 120,
            Instructions = told.Name switch
            {
                "First visit" => "Bring your insurance card and a list of your medicines.",
                "Yearly physical" => "Please do not eat for eight hours before: we may take blood. Water is fine.",
                "Well-child visit" => "Bring your child's vaccination record.",
                _ => "",
            },
        };
    }

    static AppointmentStatus StatusOf(CastVisitState state) => state switch
    {
        CastVisitState.Fulfilled => AppointmentStatus.Fulfilled,
        CastVisitState.Cancelled => AppointmentStatus.Cancelled,
        CastVisitState.NoShow => AppointmentStatus.Missed,
        _ => AppointmentStatus.Booked,
    };
}
