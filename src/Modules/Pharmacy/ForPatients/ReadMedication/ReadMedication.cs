using PatientPortal.Pharmacy.Data;
using PatientPortal.Pharmacy.Domain;

namespace PatientPortal.Pharmacy.ForPatients.ReadMedication;

/// <summary>One medication of the patient with how to take it, its supply, and what may be requested.</summary>
[Does(Act.Read, "medication", "Looked at a medicine", Needs = "medications")]
sealed record ReadMedicationRequest(Guid Medication);

sealed class ReadMedicationHandler(PharmacyDb db, CurrentPatient me, TimeProvider clock) : IHandle<ReadMedicationRequest, MedicationEntry>
{
    public async Task<Outcome<MedicationEntry>> Handle(ReadMedicationRequest ask, CancellationToken ct)
    {
        if (await db.CourseOf(me.Id, ask.Medication, ct) is not { } course) return Outcome.NotFound;
        return MedicationLists.Entry(course, await db.OpenRefills(me.Id, ct), Zones.Date(clock.GetUtcNow(), me.TimeZone));
    }
}

sealed class ReadMedicationApi : IPatientApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/medications/{medication:guid}", async (Guid medication, IHandle<ReadMedicationRequest, MedicationEntry> read, CancellationToken ct) =>
                (await read.Handle(new(medication), ct)).ToHttp())
           .WithName("ReadMedication").Produces<MedicationEntry>().ProducesProblem(404);
}
