using PatientPortal.Identity.Contracts;
using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;
using PatientPortal.Interop.Contracts;

namespace PatientPortal.Identity.Reactions;

/// <summary>
/// Finds the chart of an arrived Patient, or makes one, and answers. By the source's own reference first; then by a number that belongs to one
/// person. Whatever is not clear is quarantined for a person to decide: two charts in one are worse than one patient too many.
/// </summary>
sealed class OnPatientArrived(IdentityDb db, Vault vault, Grants grants, IConfiguration settings, TimeProvider clock) : INotificationHandler<PatientArrived>
{
    public async Task Handle(PatientArrived notification, CancellationToken cancellationToken)
    {
        var (now, zone) = (clock.GetUtcNow(), PatientPortal.Ui.Clinic.Of(settings).Zone);
        var (patient, fault) = FhirPatient.Read(notification.Json, Zones.Date(now, zone));
        var known = await db.PatientResources.SingleOrDefaultAsync(r => r.Source == notification.Source && r.Reference == notification.Reference, cancellationToken);

        if (fault is not null) Answer(null, "quarantined", fault);
        else if (known is not null && known.Json.AsSpan().SequenceEqual(notification.Json)) Answer(known.PatientId, "unchanged");
        else await Take(patient!, known);

        // Of two arrivals with one number at once, the slower fails here on the unique index; tried again, it sees the other's chart.
        await db.Save(cancellationToken);

        void Answer(Guid? chart, string outcome, FhirFault? why = null) => db.Announce(
            new PatientIdentified(notification.ArrivalId, notification.Reference, chart, outcome, why?.Element, why?.Reason), chart);

        async Task Take(FhirPatient read, PatientResource? before)
        {
            var numbers = read.Identifiers.Select(i => (Identifier: i, Print: i.FingerprintBy(vault))).ToList();
            var prints = numbers.Select(n => n.Print).ToList();
            var held = await db.PatientIdentifiers.Where(i => prints.Contains(i.Fingerprint)).ToListAsync(cancellationToken);
            var (chart, conflict) = await ChartOf(read, before, [.. held.Select(h => h.PatientId).Distinct()]);
            if (conflict is not null)
            {
                Answer(null, "quarantined", conflict);
                return;
            }

            var created = chart is null;
            chart ??= Created(read, zone, now);
            foreach (var (identifier, print) in numbers.Where(n => !held.Any(h => h.Fingerprint.AsSpan().SequenceEqual(n.Print))))
                db.Add(new PatientIdentifier { Id = Ids.New(clock), PatientId = chart.Id, System = identifier.System, Fingerprint = print, Value = identifier.Value });
            if (before is null)
                db.Add(new PatientResource { Id = Ids.New(clock), PatientId = chart.Id, Source = notification.Source, Reference = notification.Reference, Json = notification.Json, TakenAt = now });
            else
                (before.Json, before.TakenAt) = (notification.Json, now);

            if (created)
                db.Announce(new PatientRegistered(chart.Id, chart.ChartNumber, chart.Name, chart.BirthDate, chart.Sex, chart.Email, chart.Phone, chart.TimeZone, chart.Language), chart.Id);
            var died = chart.IsDeceased;
            if (!created && Changed(chart, read, now, await KeepsOwn(chart, read)))
                db.Announce(new ContactChanged(chart.Id, chart.Name, chart.BirthDate, chart.Sex, chart.Email, chart.Phone, chart.TimeZone, chart.Language), chart.Id);
            if (created ? chart.IsDeceased : chart.IsDeceased != died)
            {
                db.Announce(new PatientDied(chart.Id, chart.IsDeceased), chart.Id);
                await grants.TellAll(chart, cancellationToken);
            }
            Answer(chart.Id, created ? "created" : "updated");
        }

        // Where a patient is reached through their own account they have shown to read; a number that staff confirmed was confirmed. What a source says otherwise is a suggestion.
        async Task<bool> KeepsOwn(Patient chart, FhirPatient read)
        {
            var keeps = await db.Accounts.AnyAsync(a => a.PatientId == chart.Id && a.ClosedAt == null, cancellationToken);
            if (keeps && chart.Email is { } own && read.Email is { } other && MailAddress.Key(own) != MailAddress.Key(other)) await Suggest(chart, "email", other);
            if (chart.PhoneConfirmedAt is not null && read.Phone is { } phone && MinorsAccounts.Digits(phone) != MinorsAccounts.Digits(chart.Phone)) await Suggest(chart, "phone", phone);
            return keeps;
        }

        async Task Suggest(Patient chart, string kind, string value)
        {
            var before = await db.ReportedContacts.Where(c => c.PatientId == chart.Id && c.Kind == kind).ToListAsync(cancellationToken);
            // What the patient said waits first, and what was put aside is not asked again at every import.
            if (before.Any(c => c is { By: ReportedBy.Patient, OpenFor: not null } || (c.By is ReportedBy.Source && c.Value == value))) return;
            foreach (var older in before.Where(c => c.OpenFor is not null)) (older.OpenFor, older.SetAsideAt) = (null, now);
            db.Add(new ReportedContact { Id = Ids.New(clock), PatientId = chart.Id, Kind = kind, By = ReportedBy.Source, Value = value, ReportedAt = now, OpenFor = ReportedContact.Open(chart.Id, kind) });
        }

        async Task<(Patient? Chart, FhirFault? Conflict)> ChartOf(FhirPatient read, PatientResource? before, List<Guid> holders)
        {
            if (before is not null)
            {
                if (holders.Any(h => h != before.PatientId))
                    return (null, new("Patient.identifier", "A number of this patient belongs to another chart. Somebody has to decide which of the two is right."));
                var held = await db.Patients.SingleAsync(p => p.Id == before.PatientId, cancellationToken);
                // A name is corrected, a birth date is corrected; both names and the birth date at once are somebody else under a reused id.
                return held.BirthDate != read.BirthDate && !SharesAName(held, read)
                    ? (null, new("Patient.id", "Under this id the source sent a patient with other names and another birth date before. Somebody has to decide whether these are one person."))
                    : (held, null);
            }
            if (holders.Count == 0) return (null, null);
            if (holders.Count > 1) return (null, new("Patient.identifier", "The numbers of this patient belong to several charts. Somebody has to decide whether these are one person."));

            if (await db.PatientResources.AnyAsync(r => r.PatientId == holders[0] && r.Source == notification.Source, cancellationToken))
                return (null, new("Patient.identifier", "The same source sent this number for another patient before. Two patients can't share it."));
            var chart = await db.Patients.SingleAsync(p => p.Id == holders[0], cancellationToken);
            var same = chart.BirthDate == read.BirthDate && SharesAName(chart, read);
            return same ? (chart, null) : (null, new("Patient.identifier", "A number of this patient belongs to a chart with another name or birth date."));
        }
    }

    static bool SharesAName(Patient chart, FhirPatient read) =>
        Patient.KeyOf(chart.FamilyName) == Patient.KeyOf(read.Family) || Patient.KeyOf(chart.GivenName) == Patient.KeyOf(read.Given);

    Patient Created(FhirPatient read, string zone, DateTimeOffset now)
    {
        var patient = new Patient
        {
            Id = Ids.New(clock), ChartNumber = ChartNumber(), GivenName = read.Given, FamilyName = read.Family, Name = read.Name, BirthDate = read.BirthDate,
            Sex = read.Sex, Email = read.Email, Phone = read.Phone, Address = read.Address, TimeZone = zone, Language = read.Language,
            IsDeceased = read.IsDeceased, DiedOn = read.DiedOn, RegisteredAt = now, ChangedAt = now,
        }.WithNameKey();
        db.Add(patient);
        return patient;
    }

    /// <summary>Eight letters and digits: 36 bits, checked by a unique index.</summary>
    static string ChartNumber() => $"{Codes.Readable(4)}-{Codes.Readable(4)}";

    static bool Changed(Patient chart, FhirPatient read, DateTimeOffset now, bool keepsOwn)
    {
        var was = (chart.Name, chart.BirthDate, chart.Sex, chart.Email, chart.Phone, chart.Address, chart.IsDeceased);
        (chart.GivenName, chart.FamilyName, chart.Name, chart.BirthDate) = (read.Given, read.Family, read.Name, read.BirthDate);
        (chart.Sex, chart.Address) = (read.Sex, read.Address ?? chart.Address);
        if (chart.PhoneConfirmedAt is null) chart.Phone = read.Phone ?? chart.Phone;
        // The address a patient gave themselves is not taken away, neither by a source that knows none nor by one that knows another.
        chart.Email = keepsOwn ? chart.Email ?? read.Email : read.Email ?? chart.Email;
        (chart.IsDeceased, chart.DiedOn) = (read.IsDeceased, read.DiedOn);
        chart.WithNameKey();
        if (was == (chart.Name, chart.BirthDate, chart.Sex, chart.Email, chart.Phone, chart.Address, chart.IsDeceased)) return false;
        chart.ChangedAt = now;
        return true;
    }
}
