using PatientPortal.Pharmacy.Domain;

namespace PatientPortal.Pharmacy.Data;

/// <summary>A patient's medications as they stand today. Names and fills are joined when read, so it does not matter in which order they arrived.</summary>
static class Courses
{
    const string Unnamed = "Medicine without a name";

    /// <summary>In the order of the list: what is taken now first, the newest first within it. Three statements, however many medications.</summary>
    public static async Task<IReadOnlyList<MedicationCourse>> CoursesOf(this PharmacyDb db, Guid patient, CancellationToken ct)
    {
        var medications = await db.Medications.AsNoTracking()
            .Where(m => m.PatientId == patient && m.Status != MedicationStatus.EnteredInError && m.Status != MedicationStatus.Draft).ToListAsync(ct);
        var fills = await db.Fills.AsNoTracking().Where(f => f.PatientId == patient && f.Counts).ToListAsync(ct);
        var names = await Names(db, [.. medications.Select(m => m.SubstanceId).Concat(fills.Select(f => f.SubstanceId)).OfType<string>().Distinct()], ct);

        var byPrescription = fills.ToLookup(f => (f.Source, f.PrescriptionId));
        var known = medications.Select(m => (m.Source, (string?)m.SourceId)).ToHashSet();
        return
        [
            .. medications.Select(m => Prescribed(m, Name(m.Name, m.Source, m.SubstanceId), [.. byPrescription[(m.Source, m.SourceId)]]))
                .Concat(fills.Where(f => !known.Contains((f.Source, f.PrescriptionId)))
                    .GroupBy(f => Name(f.Name, f.Source, f.SubstanceId)).Select(g => Dispensed(g.Key, [.. g.OrderBy(f => f.On)])))
                .OrderBy(m => Rank(m.Group)).ThenByDescending(m => m.AuthoredOn ?? m.LastFilledOn).ThenBy(m => m.Name, StringComparer.OrdinalIgnoreCase).ThenBy(m => m.Id),
        ];

        string Name(string? own, string source, string? substance) =>
            (substance is not null ? names.GetValueOrDefault((source, substance)) : null) ?? own ?? Unnamed;
    }

    /// <summary>One of them, or null when it is not this patient's.</summary>
    public static async Task<MedicationCourse?> CourseOf(this PharmacyDb db, Guid patient, Guid medication, CancellationToken ct) =>
        (await db.CoursesOf(patient, ct)).FirstOrDefault(m => m.Id == medication);

    /// <summary>Which of a patient's medications have an open request, and which.</summary>
    public static async Task<Dictionary<Guid, Guid>> OpenRefills(this PharmacyDb db, Guid patient, CancellationToken ct) =>
        await db.Refills.AsNoTracking().Where(r => r.PatientId == patient && r.OpenFor != null).ToDictionaryAsync(r => r.MedicationId, r => r.Id, ct);

    static async Task<Dictionary<(string, string), string>> Names(PharmacyDb db, string[] substances, CancellationToken ct) =>
        substances.Length is 0 ? []
            : (await db.Substances.AsNoTracking().Where(s => substances.Contains(s.SourceId)).ToListAsync(ct)).ToDictionary(s => (s.Source, s.SourceId), s => s.Name);

    static MedicationCourse Prescribed(Medication m, string name, Fill[] fills) => new(
        m.Id, m.PatientId, name, m.Status, m.SelfReported, m.Inpatient, true, m.AsNeeded, m.Dosage, m.Reason, m.Prescriber, m.AuthoredOn, m.ValidUntil, m.Repeats,
        fills.OrderBy(f => f.On).Select(f => f.DaysSupply).LastOrDefault(d => d is not null) ?? m.DaysSupply, Days(fills));

    static MedicationCourse Dispensed(string name, Fill[] fills) => new(
        fills[^1].Id, fills[^1].PatientId, name, MedicationStatus.Active, false, false, false, false, fills[^1].Dosage, null, null, null, null, null,
        fills[^1].DaysSupply, Days(fills));

    static DateOnly[] Days(Fill[] fills) => [.. fills.Select(f => f.On).OfType<DateOnly>().Order()];

    static int Rank(string group) => group switch { "active" => 0, "on_hold" => 1, "self_reported" => 2, _ => 3 };
}
