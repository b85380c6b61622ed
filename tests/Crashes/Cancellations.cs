using System.Collections.Concurrent;

namespace PatientPortal.Crashes;

/// <summary>Patients cancel some of what they have booked, and others book those times again.</summary>
internal sealed class Cancellations(IReadOnlyList<Person> patients, Bookings bookings, Seeded seeded) : IWork
{
    readonly ConcurrentQueue<Deed> deeds = new();
    readonly ConcurrentDictionary<Deed, string> cancelled = new();

    public string Name => "cancellations";

    public IReadOnlyCollection<Deed> Deeds => deeds;

    public Task Go(CancellationToken ct) => Task.WhenAll(patients.Select(async patient =>
    {
        while (!ct.IsCancellationRequested)
        {
            if (!bookings.MayCancel(patient, out var booked))
            {
                await Task.Delay(20, ct);
                continue;
            }
            var mark = $"Crash cancellation {seeded.Next():x}";
            var deed = new Deed(patient, $"api/v1/patients/me/appointments/{booked.Id}/cancel", $$"""{"reason":"{{mark}}"}""", "application/json", seeded.Key(), mark);
            cancelled[deed] = booked.Id;
            deeds.Enqueue(deed);
            await deed.Ask(ct);
            if (deed.IsAcknowledged) bookings.IsOpenAgain(booked.Slot);
        }
    }));

    public async Task<IReadOnlyList<string>> Check(IReadOnlyCollection<Deed> deeds, CancellationToken ct)
    {
        var wrong = new List<string>();
        foreach (var deed in deeds)
        {
            var visit = await deed.Who.Get($"api/v1/patients/me/appointments/{cancelled[deed]}", ct);
            var (status, reason) = (visit.GetProperty("status").GetString(), visit.GetProperty("cancelReason").GetString());
            if (!deed.IsAcknowledged || status is not "cancelled" || reason != deed.Mark) wrong.Add($"{deed.Mark} ({deed.Who.UserName}, {deed.Status}): the visit is {status}, {reason ?? "no reason"}");
        }
        return wrong;
    }
}
