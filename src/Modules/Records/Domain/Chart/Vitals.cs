using System.Text.Json;
using PatientPortal.Records.Domain.Fhir;
using PatientPortal.Records.Domain.Results;

namespace PatientPortal.Records.Domain.Chart;

/// <summary>Vital signs: Observations of that category, components together.</summary>
static class Vitals
{
    public static bool Is(JsonElement observation) =>
        observation.Each("category").SelectMany(c => c.Each("coding")).Any(c => c.Text("code") is "vital-signs");

    public static ChartLine? From(Guid id, JsonElement observation)
    {
        if (!Is(observation)) return null;
        var components = observation.Each("component").ToList();
        var own = Measured.Of(observation);
        var values = components.Select(Value).ToList();
        if (!own.IsEmpty || values.Count is 0) values.Insert(0, Value(observation));
        // A panel that only points at its members has nothing of its own to show: they stand in the list themselves.
        if (own.IsEmpty && components.Count is 0 && observation.Each("hasMember").Any()) return null;
        var status = observation.Text("status") ?? "unknown";
        var vital = new Vital(id, Concept.NameOf(observation, "code") ?? "Measurement", Concept.Of(observation, "code")?.Code, SheetOf.Collected(observation),
            status, values, observation.Each("performer").Select(p => p.Text("display")).FirstOrDefault(d => d is not null), observation.Notes());
        return ChartItemOf.Line(ChartSection.Vitals, vital, RecordsJson.Relaxed.Vital, v => v.Date ?? observation.Date("issued"), ReleaseRule.ShowsValue(status));
    }

    static VitalValue Value(JsonElement element)
    {
        var (measured, name) = (Measured.Of(element), Concept.Of(element, "code"));
        return new(name?.Name ?? "Value", name?.Code, measured.Text, measured.Quantity?.Value, measured.Quantity?.Unit,
            measured.Text is null ? measured.Absent ?? "No value" : null, Flags.Of(element, measured, NormalRange.Of(element)));
    }
}
