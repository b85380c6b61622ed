using System.Collections.Concurrent;

namespace PatientPortal.Crashes;

/// <summary>Patients write to their teams: they begin conversations, and go on in one.</summary>
internal sealed class Messages(IReadOnlyList<Person> patients, Seeded seeded) : IWork
{
    readonly ConcurrentQueue<Deed> deeds = new();
    readonly Dictionary<Person, string> threads = [];
    string team = "", topic = "";

    public string Name => "messages";

    public IReadOnlyCollection<Deed> Deeds => deeds;

    /// <summary>Each patient begins one conversation, and goes on with it.</summary>
    public async Task Begin(CancellationToken ct)
    {
        foreach (var patient in patients)
        {
            var first = (await patient.Get("api/v1/patients/me/teams", ct)).GetProperty("items")[0];
            (team, topic) = (first.GetProperty("id").GetString()!, first.GetProperty("topics")[0].GetString()!);
            var (status, answer) = await patient.Post("api/v1/patients/me/threads", new StringContent(Conversation("Crash conversation"), System.Text.Encoding.UTF8, "application/json"), seeded.Key(), ct);
            if (status is not 201) throw new InvalidOperationException($"A conversation could not begin: {status} {answer}");
            threads[patient] = System.Text.Json.JsonDocument.Parse(answer).RootElement.GetProperty("id").GetString()!;
        }
    }

    string Conversation(string subject) => $$"""{"team":"{{team}}","topic":"{{topic}}","subject":"{{subject}}","body":"{{subject}}"}""";

    public Task Go(CancellationToken ct) => Task.WhenAll(patients.Select(async patient =>
    {
        for (var n = 0; !ct.IsCancellationRequested; n++)
        {
            var mark = $"Crash message {seeded.Next():x}";
            var deed = n % 4 is 0
                ? new Deed(patient, "api/v1/patients/me/threads", Conversation(mark), "application/json", seeded.Key(), mark)
                : new Deed(patient, $"api/v1/patients/me/threads/{threads[patient]}/messages", $$"""{"body":"{{mark}}"}""", "application/json", seeded.Key(), mark);
            deeds.Enqueue(deed);
            await deed.Ask(ct);
        }
    }));

    public async Task<IReadOnlyList<string>> Check(IReadOnlyCollection<Deed> deeds, CancellationToken ct)
    {
        var wrong = new List<string>();
        foreach (var mine in deeds.GroupBy(d => d.Who))
        {
            var bodies = (await mine.Key.Get($"api/v1/patients/me/threads/{threads[mine.Key]}", ct)).GetProperty("messages").EnumerateArray().Select(m => m.GetProperty("body").GetString()!)
                .Concat((await mine.Key.All("api/v1/patients/me/threads", ct)).Select(t => t.GetProperty("subject").GetString()!)).CountBy(b => b).ToDictionary();
            foreach (var deed in mine)
            {
                var (found, expected) = (bodies.GetValueOrDefault(deed.Mark), deed.IsAcknowledged ? 1 : 0);
                if (found != expected) wrong.Add($"{deed.Mark} ({deed.Who.UserName}, {deed.Status}): {found} messages");
            }
        }
        return wrong;
    }
}
