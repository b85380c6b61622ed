using PatientPortal.Interop.Contracts;
using PatientPortal.Records.Data;
using PatientPortal.Records.Domain;
using PatientPortal.Synthetic;

namespace PatientPortal.Records.Synthetic;

/// <summary>Stores the cast's clinical stories the way an import would, without the news.</summary>
sealed class RecordsSynthetic(RecordsDb db, ChartWriter chart) : ISynthetic
{
    const string Source = "synthetic";

    /// <summary>Large enough that the transactions cost little, small enough that memory does not grow with the clinic.</summary>
    const int PatientsASave = 20;

    static readonly HashSet<string> OfOthers = ["Patient", "Medication", "MedicationRequest", "MedicationDispense", "Appointment"];

    public int Order => 30;

    public async Task Fill(Cast cast, CancellationToken ct)
    {
        if (cast.Staff.Count > 0) await chart.Take(null, Source, Mine(cast.ClinicResources()), ct);
        foreach (var some in cast.Patients.Chunk(PatientsASave))
        {
            foreach (var patient in some)
            {
                db.Add(new KnownPatient
                {
                    Id = patient.Id, Name = patient.Name, BirthDate = patient.BirthDate, Sex = patient.Sex, TimeZone = patient.TimeZone, Language = patient.Language,
                });
                await chart.Take(patient.Id, Source, Mine(cast.StoryOf(patient)), ct);
            }
            await db.Save(ct);
            db.ChangeTracker.Clear();
        }
    }

    static List<ArrivedResource> Mine(IEnumerable<StoryResource> story) =>
        [.. story.Where(r => !OfOthers.Contains(r.Type)).Select(r => new ArrivedResource(r.Type, r.Id, r.Json))];
}
