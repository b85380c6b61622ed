namespace PatientPortal.Pharmacy.Domain;

/// <summary>A patient's medication as it stands today: the prescription, its readable name, and every fill that is known of it.</summary>
/// <param name="HasPrescription">False for what was dispensed on a prescription that never arrived here.</param>
/// <param name="Fills">Days it was handed out, oldest first.</param>
sealed record MedicationCourse(
    Guid Id, Guid PatientId, string Name, MedicationStatus Status, bool SelfReported, bool Inpatient, bool HasPrescription, bool AsNeeded,
    string? Dosage, string? Reason, string? Prescriber, DateOnly? AuthoredOn, DateOnly? StatedEnd, int? Repeats, int? DaysSupply, IReadOnlyList<DateOnly> Fills)
{
    public DrugSchedule Schedule { get; } = ControlledSubstances.ScheduleOf(Name);

    /// <summary>The last day on which refills may be asked for. Where the prescription does not say, a year after it was written.</summary>
    public DateOnly? ValidUntil
    {
        get
        {
            var end = StatedEnd ?? AuthoredOn?.AddYears(1);
            // 21 CFR 1306.22: schedule III and IV, at most six months after it was written.
            return Schedule is DrugSchedule.III or DrugSchedule.IV && AuthoredOn?.AddMonths(PharmacyLimits.ControlledMonths) is { } lawful && !(end <= lawful) ? lawful : end;
        }
    }

    public int RefillsLeft
    {
        get
        {
            var allowed = Schedule switch
            {
                DrugSchedule.II => 0,
                DrugSchedule.III or DrugSchedule.IV => Math.Min(Repeats ?? 0, PharmacyLimits.ControlledRefills),
                _ => Repeats ?? 0,
            };
            return Math.Max(0, allowed - Math.Max(0, Fills.Count - 1));
        }
    }

    public DateOnly? LastFilledOn => Fills is [.., var last] ? last : null;

    /// <summary>When the last fill is used up, or null where nobody said for how long it lasts.</summary>
    public DateOnly? RunsOutOn => LastFilledOn is { } last && DaysSupply is { } days ? last.AddDays(days) : null;

    /// <summary>active, on hold, self-reported, stopped: how the list is divided.</summary>
    public string Group => (Status, SelfReported) switch
    {
        (MedicationStatus.Active, true) => "self_reported",
        (MedicationStatus.Active, false) => "active",
        (MedicationStatus.OnHold, _) => "on_hold",
        _ => "stopped",
    };
}
