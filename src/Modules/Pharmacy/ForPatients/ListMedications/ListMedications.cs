using PatientPortal.Pharmacy.Data;
using PatientPortal.Pharmacy.Domain;

namespace PatientPortal.Pharmacy.ForPatients.ListMedications;

/// <summary>Every medication of the patient, what is taken now first; each says what may be requested, or why not and what to do instead.</summary>
[Does(Act.Read, "medications", "Looked at the medicines", Needs = "medications")]
sealed record ListMedicationsRequest(PageAsk Page);

sealed class ListMedicationsHandler(PharmacyDb db, CurrentPatient me, TimeProvider clock) : IHandle<ListMedicationsRequest, Page<MedicationEntry>>
{
    public Task<Outcome<Page<MedicationEntry>>> Handle(ListMedicationsRequest ask, CancellationToken ct) => db.MedicationsOf(me, ask.Page, clock.GetUtcNow(), ct);
}

sealed class ListMedicationsApi : IPatientApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/medications", async ([AsParameters] PageAsk page, IHandle<ListMedicationsRequest, Page<MedicationEntry>> list, CancellationToken ct) =>
                (await list.Handle(new(page), ct)).ToHttp())
           .WithName("ListMedications").Produces<Page<MedicationEntry>>();
}
