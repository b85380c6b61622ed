using PatientPortal.Synthetic.Fhir;

namespace PatientPortal.Synthetic;

/// <summary>Tells one patient's clinical facts. Each part counts its own resources, so that ids stay from day to day.</summary>
internal sealed class Story(Cast cast, CastPatient patient)
{
    readonly Dictionary<string, int> counts = [];

    public Cast Cast => cast;
    public CastPatient Patient => patient;
    public ResourceWriter Writer { get; } = new();

    public CastProvider Primary { get; } = cast.Plan.ProviderOf(patient.PrimaryProviderId);

    /// <summary>The patient's visits that took place, newest first.</summary>
    public IReadOnlyList<CastAppointment> Visits { get; } =
        [.. cast.VisitsByPatient[patient.Id].Where(a => a.State is CastVisitState.Fulfilled).OrderByDescending(a => a.Start)];

    public int AgeOn(DateOnly date) => date.Year - patient.BirthDate.Year - (date < patient.BirthDate.AddYears(date.Year - patient.BirthDate.Year) ? 1 : 0);

    public IEnumerable<StoryResource> Tell()
    {
        IEnumerable<StoryResource> told = patient.Story is CastStory.Slim
            ? [.. ConditionStory.Tell(this), .. VisitStory.EncounterOnly(this), .. LabStory.Tell(this), .. CareStory.Slim(this), .. MedicineStory.Tell(this)]
            : [.. ConditionStory.Tell(this), .. VisitStory.Tell(this), .. LabStory.Tell(this), .. CareStory.Tell(this), .. MedicineStory.Tell(this)];
        return told;
    }

    /// <summary>Starts a resource about the patient, with the next id of its type.</summary>
    public ResourceWriter Begin(string type, string? profile, DateTimeOffset updated) => Begin(type, NextId(type), profile, updated);

    public ResourceWriter Begin(string type, Guid id, string? profile, DateTimeOffset updated) => Writer.Begin(type, id, profile, updated);

    public Guid NextId(string type)
    {
        var n = counts.GetValueOrDefault(type);
        counts[type] = n + 1;
        return StableId.Of(type, patient.Number, n);
    }

    public ResourceWriter Subject(ResourceWriter writer) => writer.Reference("subject", "Patient", patient.Id, patient.Name);

    public DateTimeOffset At(DateOnly date, int hour, int minute) =>
        cast.At(date, new TimeOnly(hour, minute), cast.Plan.LocationOf(Primary.Templates[0].LocationId).TimeZone);

    /// <summary>A day in the past on which the laboratory draws blood: not Sunday.</summary>
    public static DateOnly LabDay(DateOnly date) => date.DayOfWeek is DayOfWeek.Sunday ? date.AddDays(-1) : date;
}
