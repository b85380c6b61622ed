namespace PatientPortal.Synthetic;

/// <summary>Refills that patients asked for.</summary>
internal static class Refills
{
    public static IEnumerable<CastRefill> Of(Cast cast, CastPatient patient)
    {
        if (patient.IsMaria)
        {
            // Metformin was asked for yesterday and is on its way; older ones are done or denied.
            yield return Make(cast, patient, 2, 0, CastRefillState.Approved, 1, null, null);
            yield return Make(cast, patient, 0, 1, CastRefillState.Ready, 27, null, null);
            yield return Make(cast, patient, 3, 2, CastRefillState.Denied, 630, null, "This medicine was stopped at your last visit. Please write to us if you still take it.");
            yield break;
        }
        var state = (patient.Number % 6) switch
        {
            1 => CastRefillState.Asked, 3 => CastRefillState.AtPharmacy, 4 => CastRefillState.Denied, 5 => CastRefillState.Ready, _ => (CastRefillState?)null,
        };
        if (state is not { } known || patient.Medications.Count is 0 || patient.Medications[0].Status is not "active") yield break;
        yield return Make(cast, patient, 0, 0, known, known is CastRefillState.Asked ? 1 + patient.Number % 3 : 4 + patient.Number % 9,
            patient.Number % 4 is 1 ? "I have about three days left." : null,
            known is CastRefillState.Denied ? "We would like to see you before the next refill. Please book a follow-up visit." : null);
    }

    static CastRefill Make(Cast cast, CastPatient patient, int medication, int k, CastRefillState state, int askedDaysAgo, string? note, string? denied)
    {
        var asked = cast.At(cast.Today.AddDays(-askedDaysAgo), new TimeOnly(7 + k, 40), patient.TimeZone);
        var decided = state is CastRefillState.Asked ? (DateTimeOffset?)null : asked.AddHours(3);
        return new CastRefill(StableId.Of("refill", patient.Number, k), patient.Id, patient.Medications[medication].Id,
            cast.Plan.Pharmacies[patient.TimeZone is "America/Chicago" ? 1 : 0].Id, state, asked, decided,
            decided is null ? null : cast.Plan.Staff[3].Id, state is CastRefillState.Ready ? asked.AddHours(9) : null, note, denied);
    }
}
