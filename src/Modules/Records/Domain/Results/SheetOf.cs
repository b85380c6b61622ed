using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using PatientPortal.Records.Domain.Chart;
using PatientPortal.Records.Domain.Fhir;

namespace PatientPortal.Records.Domain.Results;

/// <summary>Makes a panel from the resources that arrived.</summary>
static partial class SheetOf
{
    /// <summary>Observations of these categories stand on their own when no report names them; one without a category does too.</summary>
    static readonly HashSet<string> Own = ["laboratory", "imaging", "procedure", "clinical-test", "LAB"];

    public static bool StandsAlone(JsonElement observation)
    {
        var categories = Categories(observation);
        return categories.Count is 0 || categories.Any(Own.Contains);
    }

    /// <summary>The Observations that a report or a panel Observation names.</summary>
    public static IEnumerable<string> Members(JsonElement resource) =>
        resource.Each(resource.Text("resourceType") is "DiagnosticReport" ? "result" : "hasMember")
            .Select(Reference.From).Where(r => r is { Type: null or "Observation" }).Select(r => r!.Value.Id).Distinct();

    public static ResultSheet FromReport(Guid id, JsonElement report, IReadOnlyList<JsonElement> observations, bool hasText)
    {
        var status = report.Text("status") ?? "unknown";
        var lines = Lines(report, observations, status);
        return new(id, Concept.NameOf(report, "code") ?? "Test result", Concept.Of(report, "code")?.Code, Category(report), status,
            report.Date("effectiveDateTime") ?? FhirPeriod.Of(report, "effectivePeriod")?.Start ?? observations.Select(Collected).FirstOrDefault(c => c is not null),
            report.Date("issued"), By(report), status is "cancelled" ? null : Comment(report), report.Notes(),
            lines.Count(l => l.Flag?.IsAbnormal() is true), hasText && status is not "cancelled", lines) { Attachments = status is "cancelled" ? null : Files(report) };
    }

    /// <summary>What is attached to a report and not shown as words, each with its place among all that is attached.</summary>
    static List<Attachment>? Files(JsonElement report)
    {
        var files = report.Each("presentedForm").Index().Where(f => AttachedText(f.Item) is null).Select(f => Documents.AttachmentOf(f.Item, f.Index))
            .Where(a => a.IsHere || a.ContentType is not "application/octet-stream").ToList();
        return files.Count is 0 ? null : files;
    }

    public static ResultSheet FromObservation(Guid id, JsonElement observation, IReadOnlyList<JsonElement> members)
    {
        var status = observation.Text("status") ?? "unknown";
        var lines = Lines(observation, [observation, .. members], status);
        return new(id, Concept.NameOf(observation, "code") ?? "Test result", Concept.Of(observation, "code")?.Code, Category(observation), status,
            Collected(observation), observation.Date("issued"), By(observation), null, null, lines.Count(l => l.Flag?.IsAbnormal() is true), false, lines);
    }

    static List<ResultLine> Lines(JsonElement owner, IReadOnlyList<JsonElement> observations, string status)
    {
        if (status is "cancelled" or "entered-in-error") return [];
        var collected = Collected(owner);
        return [.. observations.SelectMany(LinesOf).Select(l => l with { Collected = l.Collected?.Text == collected?.Text ? null : l.Collected })];
    }

    /// <summary>One line for a value, one for each component; none for an Observation that only holds others together.</summary>
    static IEnumerable<ResultLine> LinesOf(JsonElement observation)
    {
        var status = observation.Text("status") ?? "unknown";
        if (status is "entered-in-error") yield break;
        var components = observation.Each("component").ToList();
        var holdsOthers = components.Count > 0 || observation.Each("hasMember").Any();
        var measured = Measured.Of(observation);
        if (!measured.IsEmpty || !holdsOthers) yield return Line(observation, measured, status, Collected(observation), observation.Notes());
        foreach (var component in components) yield return Line(component, Measured.Of(component), status, Collected(observation), null);
    }

    static ResultLine Line(JsonElement element, Measured measured, string status, FhirDate? collected, IReadOnlyList<string>? notes)
    {
        var name = Concept.Of(element, "code");
        if (!ReleaseRule.ShowsValue(status))
            return new(name?.Name ?? "Test", name?.Code, null, null, null, null, status is "cancelled" ? "Cancelled" : "Not ready yet", null, null, status, collected, null);
        var range = NormalRange.Of(element);
        var quantity = measured.Quantity;
        return new(name?.Name ?? "Test", name?.Code, measured.Text, quantity?.Value, quantity?.Comparator, quantity?.Unit,
            measured.Text is null ? measured.Absent ?? "No value came with this test" : null,
            range is null ? null : new(range.Low, range.High, range.ToString()), Flags.Of(element, measured, range), status, collected, notes);
    }

    public static FhirDate? Collected(JsonElement observation) =>
        observation.Date("effectiveDateTime") ?? observation.Date("effectiveInstant") ?? FhirPeriod.Of(observation, "effectivePeriod")?.Start
        ?? (observation.Child("effectiveTiming")?.Each("event") is { } events ? events.Select(e => FhirDate.Parse(e.AsText())).FirstOrDefault() : null);

    static string? Comment(JsonElement report) =>
        report.Text("conclusion") ?? (report.Each("conclusionCode").Select(c => Concept.From(c)?.Name).OfType<string>().ToList() is { Count: > 0 } codes ? string.Join("; ", codes) : null);

    static string? By(JsonElement resource) =>
        resource.Each("resultsInterpreter").Concat(resource.Each("performer")).Select(p => p.Text("display")).FirstOrDefault(d => d is not null);

    static List<string> Categories(JsonElement resource) =>
        [.. resource.Each("category").SelectMany(c => c.Each("coding")).Select(c => c.Text("code")).OfType<string>()];

    /// <summary>The few kinds a patient sorts by, from HL7's table 0074 and LOINC's parts.</summary>
    public static string Category(JsonElement resource)
    {
        foreach (var code in Categories(resource))
        {
            var kind = code switch
            {
                "LAB" or "laboratory" or "HM" or "CH" or "SR" or "LP29693-6" => "laboratory",
                "MB" or "VR" or "LP7819-8" => "microbiology",
                "RAD" or "imaging" or "RX" or "CT" or "NMR" or "RUS" or "LP29684-5" => "imaging",
                "PAT" or "SP" or "CP" or "LP7839-6" => "pathology",
                "CUS" or "EC" or "LP29708-2" => "cardiology",
                "procedure" or "clinical-test" => "procedure",
                _ => null,
            };
            if (kind is not null) return kind;
        }
        return "other";
    }

    /// <summary>The words of a report: attached plain text, XHTML without its tags; null when none came.</summary>
    public static string? TextOf(JsonElement report)
    {
        var texts = report.Each("presentedForm").Select(AttachedText).OfType<string>().ToList();
        return texts.Count is 0 ? null : string.Join("\n\n", texts);
    }

    public static string? AttachedText(JsonElement attachment)
    {
        var type = attachment.Text("contentType")?.Split(';')[0].Trim().ToLowerInvariant();
        if (type is not ("text/plain" or "text/html" or "application/xhtml" or "application/xhtml+xml" or "text/markdown" or "text/rtf" or null)) return null;
        if (type is "text/rtf" || attachment.Child("data") is not { ValueKind: JsonValueKind.String } data || !data.TryGetBytesFromBase64(out var bytes)) return null;
        var text = Encoding.UTF8.GetString(bytes).Trim();
        if (type is not ("text/plain" or "text/markdown" or null)) return Plain(text);
        return text.Length is 0 ? null : text;
    }

    /// <summary>Written markup as words alone; null when none are left.</summary>
    public static string? Plain(string markup)
    {
        var text = WebUtility.HtmlDecode(Tag().Replace(Block().Replace(markup, "\n"), "")).Trim();
        return text.Length is 0 ? null : text;
    }

    [GeneratedRegex(@"<(?:br|/p|/div|/li|/tr|/h\d)[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex Block();

    [GeneratedRegex(@"<(?:script|style)\b.*?</(?:script|style)>|<[^>]*>", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Tag();
}
