using PatientPortal.Pharmacy.Data;
using PatientPortal.Pharmacy.Domain;

namespace PatientPortal.Pharmacy.ForStaff.ListPatientMedications;

/// <summary>A patient's medications as staff see them, in the shape of the patient's own list.</summary>
[Does(Act.Read, "medications", "Looked at the medicines", Needs = "refills")]
sealed record ListPatientMedicationsRequest(PageAsk Page);

sealed class ListPatientMedicationsHandler(PharmacyDb db, CurrentStaff staff, CurrentPatient patient, TimeProvider clock) : IHandle<ListPatientMedicationsRequest, Page<MedicationEntry>>
{
    public Task<Outcome<Page<MedicationEntry>>> Handle(ListPatientMedicationsRequest ask, CancellationToken ct) =>
        staff.May("refills") ? db.MedicationsOf(patient, ask.Page, clock.GetUtcNow(), ct) : Task.FromResult<Outcome<Page<MedicationEntry>>>(Outcome.NotFound);
}

sealed class ListPatientMedicationsApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/patients/{patient}/medications", async ([AsParameters] PageAsk page, IHandle<ListPatientMedicationsRequest, Page<MedicationEntry>> list, CancellationToken ct) =>
                (await list.Handle(new(page), ct)).ToHttp())
           .WithName("ListPatientMedications").Produces<Page<MedicationEntry>>();
}
