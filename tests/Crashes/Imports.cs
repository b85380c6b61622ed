using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using PatientPortal.Synthetic;

namespace PatientPortal.Crashes;

/// <summary>Staff import one new patient after another, each with some eighty or some fourteen hundred resources.</summary>
internal sealed class Imports(Person staff, DateTimeOffset now, Seeded seeded) : IWork
{
    /// <summary>Beyond every patient of the synthetic clinic.</summary>
    const int First = 5000, LongEvery = 6;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    readonly ConcurrentQueue<Deed> deeds = new();
    readonly ConcurrentDictionary<Deed, Dictionary<string, int>> sent = new();
    int next = First;

    public string Name => "imports";

    public IReadOnlyCollection<Deed> Deeds => deeds;

    public async Task Go(CancellationToken ct)
    {
        while (!ct.IsCancellationRequested)
        {
            var number = next++;
            var (body, counts) = Bundle(number);
            var deed = new Deed(staff, "api/v1/staff/import", body, "application/fhir+json", seeded.Key(), $"Crash import {number}");
            sent[deed] = counts;
            deeds.Enqueue(deed);
            await deed.Ask(ct);
        }
    }

    (string Body, Dictionary<string, int> Counts) Bundle(int number)
    {
        var cast = Cast.Part(now, number, 1, total: 3000, accounts: 0, longStories: number % LongEvery is 0 ? number + 1 : 0);
        var primary = cast.Patients[0].PrimaryProviderId.ToString();
        var resources = cast.ClinicResources().Where(r => r.Type is "Organization" or "Location" || r.Id == primary).Append(cast.PatientResource(cast.Patients[0])).Concat(cast.StoryOf(cast.Patients[0])).ToList();
        var body = new StringBuilder("""{"resourceType":"Bundle","type":"transaction","entry":[""");
        foreach (var resource in resources)
            body.Append(resource == resources[0] ? "" : ",").Append("{\"resource\":").Append(Encoding.UTF8.GetString(resource.Json))
                .Append(",\"request\":{\"method\":\"PUT\",\"url\":\"").Append(resource.Type).Append('/').Append(resource.Id).Append("\"}}");
        return (body.Append("]}").ToString(), resources.CountBy(r => r.Type).ToDictionary());
    }

    public async Task<IReadOnlyList<string>> Check(IReadOnlyCollection<Deed> deeds, CancellationToken ct)
    {
        var wrong = new List<string>();
        foreach (var deed in deeds)
        {
            if (!deed.IsAcknowledged)
            {
                wrong.Add($"{deed.Mark}: {deed.Status} {deed.Answer[..Math.Min(300, deed.Answer.Length)]}");
                continue;
            }
            var report = await Ended(JsonDocument.Parse(deed.Answer).RootElement.GetProperty("id").GetString()!, ct);
            if (report.GetProperty("state").GetString() is not "done") wrong.Add($"{deed.Mark}: is still {report.GetProperty("state").GetString()}");
            var came = report.GetProperty("resources").EnumerateArray().ToDictionary(r => r.GetProperty("type").GetString()!,
                r => Sum(r, "created", "updated", "unchanged", "quarantined"));
            foreach (var (type, count) in sent[deed])
                if (came.GetValueOrDefault(type) != count) wrong.Add($"{deed.Mark}: {count} {type} came, {came.GetValueOrDefault(type)} are accounted for");
        }
        return wrong;
    }

    /// <summary>The same bundles once more, under new keys: each resource must be there, once, as it was.</summary>
    public async Task<IReadOnlyList<string>> AgainAllUnchanged(CancellationToken ct)
    {
        var wrong = new List<string>();
        foreach (var deed in deeds.Where(d => d.IsAcknowledged))
        {
            var again = deed.Anew(seeded.Key());
            await again.Ask(ct);
            var report = await Ended(JsonDocument.Parse(again.Answer).RootElement.GetProperty("id").GetString()!, ct);
            foreach (var type in report.GetProperty("resources").EnumerateArray())
            {
                var before = JsonDocument.Parse(deed.Answer).RootElement;
                if (Sum(type, "created", "updated") is var changed and > 0 || Sum(type, "quarantined") != QuarantinedOf(before, type.GetProperty("type").GetString()!) && before.TryGetProperty("resources", out _))
                    wrong.Add($"{deed.Mark} again: {type}");
            }
        }
        return wrong;
    }

    static int QuarantinedOf(JsonElement report, string type) => report.TryGetProperty("resources", out var all)
        ? all.EnumerateArray().Where(r => r.GetProperty("type").GetString() == type).Sum(r => Sum(r, "quarantined")) : 0;

    async Task<JsonElement> Ended(string id, CancellationToken ct)
    {
        var until = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var report = await staff.Get($"api/v1/staff/imports/{id}", ct);
            if (report.GetProperty("state").GetString() is "done" or "failed" || TimeProvider.System.GetElapsedTime(until) > Patience) return report;
            await Task.Delay(100, ct);
        }
    }

    static int Sum(JsonElement counts, params string[] names) => names.Sum(n => counts.GetProperty(n).GetInt32());
}
