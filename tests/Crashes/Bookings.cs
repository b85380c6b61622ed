using System.Collections.Concurrent;

namespace PatientPortal.Crashes;

/// <summary>Patients book whatever is open, several at once.</summary>
internal sealed class Bookings(IReadOnlyList<Person> patients, DateOnly today, Seeded seeded) : IWork
{
    readonly ConcurrentQueue<Deed> deeds = new();
    readonly ConcurrentQueue<string> open = new();
    readonly Dictionary<Person, ConcurrentQueue<(string Id, string Slot)>> booked = patients.ToDictionary(p => p, _ => new ConcurrentQueue<(string, string)>());
    int n;
    string visitType = "";

    public string Name => "bookings";

    public IReadOnlyCollection<Deed> Deeds => deeds;

    public async Task Find(CancellationToken ct)
    {
        visitType = (await patients[0].Get("api/v1/visit-types", ct)).GetProperty("items").EnumerateArray().First(t => t.GetProperty("name").GetString() is "Follow-up visit").GetProperty("id").GetString()!;
        for (var ahead = 2; ahead < 110; ahead += 3)
            foreach (var slot in await patients[0].All($"api/v1/slots?visitType={visitType}&from={today.AddDays(ahead):yyyy-MM-dd}&to={today.AddDays(ahead + 2):yyyy-MM-dd}", ct))
                open.Enqueue(slot.GetProperty("id").GetString()!);
    }

    public Task Go(CancellationToken ct) => Task.WhenAll(patients.Select(async patient =>
    {
        while (!ct.IsCancellationRequested && open.TryDequeue(out var slot))
        {
            var mark = $"Crash booking {seeded.Next():x}";
            var deed = new Deed(patient, "api/v1/patients/me/appointments", $$"""{"slot":"{{slot}}","reason":"{{mark}}"}""", "application/json", seeded.Key(), mark);
            deeds.Enqueue(deed);
            await deed.Ask(ct);
            // Two of three may be cancelled: the calendar must last for all rounds, and some visits must be left to be reminded of.
            if (deed.IsAcknowledged && Interlocked.Increment(ref n) % 3 is not 0)
                booked[patient].Enqueue((System.Text.Json.JsonDocument.Parse(deed.Answer).RootElement.GetProperty("id").GetString()!, slot));
        }
    }));

    /// <summary>One of the patient's visits that nobody has cancelled yet.</summary>
    public bool MayCancel(Person patient, out (string Id, string Slot) visit) => booked[patient].TryDequeue(out visit);

    public void IsOpenAgain(string slot) => open.Enqueue(slot);

    public async Task<IReadOnlyList<string>> Check(IReadOnlyCollection<Deed> deeds, CancellationToken ct)
    {
        var wrong = new List<string>();
        foreach (var mine in deeds.GroupBy(d => d.Who))
        {
            var reasons = (await mine.Key.All("api/v1/patients/me/appointments", ct)).Where(a => a.GetProperty("reason").ValueKind is System.Text.Json.JsonValueKind.String)
                .CountBy(a => a.GetProperty("reason").GetString()!).ToDictionary();
            foreach (var deed in mine)
            {
                var (found, expected) = (reasons.GetValueOrDefault(deed.Mark), deed.IsAcknowledged ? 1 : 0);
                if (found != expected) wrong.Add($"{deed.Mark} ({deed.Who.UserName}, {deed.Status}): {found} appointments");
            }
        }
        return wrong;
    }
}
