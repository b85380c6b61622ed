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
    [JsonIgnore] public bool IsCorrected => Status is "corrected" or "amended";
}

/// <param name="Text">How the range reads: "3.5 to 5.0", "up to 100", or the laboratory's words.</param>
sealed record ResultRange(decimal? Low, decimal? High, string Text);

/// <summary>One point of a trend.</summary>
/// <param name="ResultId">The panel it stands on; null for a vital sign.</param>
/// <param name="At">When it was collected.</param>
sealed record TrendValue(
    Guid? ResultId, string Name, FhirDate? At, decimal? Value, string? Comparator, string? Unit, string? Text, ResultRange? Range, Flag? Flag, string Status);
