using PatientPortal.Pharmacy.Data;
using PatientPortal.Pharmacy.Domain;

namespace PatientPortal.Pharmacy.ForPatients.ReadRefill;

/// <summary>One request of the patient, with every step and, for a denial, the reason and what to do next.</summary>
[Does(Act.Read, "refill request", "Looked at a refill request", Needs = "medications")]
sealed record ReadRefillRequest(Guid Refill);

sealed class ReadRefillHandler(PharmacyDb db, CurrentPatient me) : IHandle<ReadRefillRequest, RefillEntry>
{
    public async Task<Outcome<RefillEntry>> Handle(ReadRefillRequest ask, CancellationToken ct)
    {
        if (await db.Refills.AsNoTracking().Include(r => r.Steps).FirstOrDefaultAsync(r => r.PatientId == me.Id && r.Id == ask.Refill, ct) is not { } refill) return Outcome.NotFound;
        var names = await db.PharmacyNames([refill], ct);
        return RefillEntry.Of(refill, refill.PharmacyId is { } p ? names.GetValueOrDefault(p) : null, me.TimeZone);
    }
}

sealed class ReadRefillApi : IPatientApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/refill-requests/{refill:guid}", async (Guid refill, IHandle<ReadRefillRequest, RefillEntry> read, CancellationToken ct) =>
                (await read.Handle(new(refill), ct)).ToHttp())
           .WithName("ReadRefill").Produces<RefillEntry>().ProducesProblem(404);
}
