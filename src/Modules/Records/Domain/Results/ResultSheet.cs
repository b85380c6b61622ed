using System.Text.Json.Serialization;
using PatientPortal.Records.Domain.Fhir;

namespace PatientPortal.Records.Domain.Results;

/// <summary>
/// One panel, ready to be read: a DiagnosticReport with its Observations, or a laboratory Observation on its own.
/// This is the API's answer itself; it is made when a resource arrives, and stored sealed beside it.
/// </summary>
/// <param name="Status">FHIR's own word: final, corrected, amended, cancelled, preliminary...</param>
/// <param name="Collected">When the specimen was taken or the finding made.</param>
/// <param name="Issued">When the laboratory released it.</param>
/// <param name="Comment">What the clinician or the laboratory concluded.</param>
/// <param name="Flagged">How many values need a look.</param>
/// <param name="HasText">A report in words came with it; it is read on its own.</param>
sealed record ResultSheet(
    Guid Id, string Name, string? Code, string Category, string Status, FhirDate? Collected, FhirDate? Issued,
    string? By, string? Comment, IReadOnlyList<string>? Notes, int Flagged, bool HasText, IReadOnlyList<ResultLine> Values)
{
    [JsonIgnore] public bool IsCancelled => Status is "cancelled";

    [JsonIgnore] public bool IsCorrected => Status is "corrected" or "amended" || Values.Any(v => v.IsCorrected);

    /// <summary>Files that came with the report, without those whose words are shown already; null when there are none.</summary>
    public IReadOnlyList<Chart.Attachment>? Attachments { get; init; }

    /// <summary>
    /// This sheet, each changed value with what it was before. A value that names nothing a reader could have seen (unfinished, absent) was not changed but completed.
    /// </summary>
    public ResultSheet After(IReadOnlyList<ResultLine> former)
    {
        if (former.Count is 0 || Values.Count is 0) return this;
        // An analyte may stand on a panel twice (a glucose after one hour and after two): the first meets the first, and with other numbers of them nobody can say which was which.
        var had = former.Where(l => ReleaseRule.ShowsValue(l.Status)).GroupBy(Key).ToDictionary(g => g.Key, g => g.ToList());
        var has = Values.GroupBy(Key).ToDictionary(g => g.Key, g => g.Count());
        var seen = new Dictionary<(string, string?), int>();
        return this with
        {
            Values = [.. Values.Select(line =>
            {
                var at = seen.GetValueOrDefault(Key(line));
                seen[Key(line)] = at + 1;
                if (line.Text is null || !had.TryGetValue(Key(line), out var before) || before.Count != has[Key(line)] || before[at].Text is not { } was) return line;
                return line with { Before = was == line.Text ? before[at].Before : was };
            })],
        };

        static (string, string?) Key(ResultLine line) => line.Code is { } code ? (code, null) : ("", line.Name);
    }
}

/// <summary>One value of a panel.</summary>
/// <param name="Text">How the value reads, unit included; null when there is none.</param>
/// <param name="Value">The number, with the digits it came with; null for text and coded results.</param>
/// <param name="Comparator">"&lt;" or "&gt;" and their like: the number is a bound.</param>
/// <param name="Absent">Why there is no value.</param>
/// <param name="Range">The range that came with this value; null when none did.</param>
/// <param name="Flag">What the laboratory or the range says; null when neither says anything.</param>
sealed record ResultLine(
    string Name, string? Code, string? Text, decimal? Value, string? Comparator, string? Unit, string? Absent,
    ResultRange? Range, Flag? Flag, string Status, FhirDate? Collected, IReadOnlyList<string>? Notes)
{
    /// <summary>How the released value read before it was changed; null when it never was.</summary>
    public string? Before { get; init; }

    [JsonIgnore] public bool IsCorrected => Status is "corrected" or "amended" || Before is not null;
}

/// <param name="Text">How the range reads: "3.5 to 5.0", "up to 100", or the laboratory's words.</param>
sealed record ResultRange(decimal? Low, decimal? High, string Text);

/// <summary>One point of a trend.</summary>
/// <param name="ResultId">The panel it stands on; null for a vital sign.</param>
/// <param name="At">When it was collected.</param>
sealed record TrendValue(
    Guid? ResultId, string Name, FhirDate? At, decimal? Value, string? Comparator, string? Unit, string? Text, ResultRange? Range, Flag? Flag, string Status);
