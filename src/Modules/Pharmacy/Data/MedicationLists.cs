using PatientPortal.Pharmacy.Domain;

namespace PatientPortal.Pharmacy.Data;

/// <summary>The list of a patient's medications, the same for patients and staff.</summary>
static class MedicationLists
{
    public static async Task<Outcome<Page<MedicationEntry>>> MedicationsOf(this PharmacyDb db, CurrentPatient patient, PageAsk page, DateTimeOffset now, CancellationToken ct)
    {
        var courses = await db.CoursesOf(patient.Id, ct);
        var from = 0;
        if (page.Cursor is { } cursor)
        {
            // The list is not in the order of any one column: its cursor names the last medication that was shown.
            var last = Cursor.TryRead(cursor, out _, out var id) ? courses.Index().FirstOrDefault(c => c.Item.Id == id) : default;
            if (last.Item is null) return Cursor.Bad;
            from = last.Index + 1;
        }
        var open = await db.OpenRefills(patient.Id, ct);
        var today = Zones.Date(now, patient.TimeZone);
        var items = courses.Skip(from).Take(page.Take).Select(c => Entry(c, open, today)).ToList();
        return new Page<MedicationEntry>(items, from + items.Count < courses.Count ? Cursor.Write(now, items[^1].Id) : null);
    }

    public static MedicationEntry Entry(MedicationCourse course, Dictionary<Guid, Guid> open, DateOnly today) =>
        MedicationEntry.Of(course, RefillGates.Decide(course, open.TryGetValue(course.Id, out var refill) ? refill : null, today));
}
