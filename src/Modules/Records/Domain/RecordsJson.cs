using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using PatientPortal.Records.Domain.Chart;
using PatientPortal.Records.Domain.Results;

namespace PatientPortal.Records.Domain;

/// <summary>How ready-made answers are written and read: by generated code, absent members left out.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ResultSheet)), JsonSerializable(typeof(TrendValue))]
[JsonSerializable(typeof(Vital)), JsonSerializable(typeof(Condition)), JsonSerializable(typeof(Allergy)), JsonSerializable(typeof(Immunization))]
[JsonSerializable(typeof(Procedure)), JsonSerializable(typeof(PastVisit)), JsonSerializable(typeof(Note)), JsonSerializable(typeof(Document)), JsonSerializable(typeof(CareTeam))]
[JsonSerializable(typeof(Goal)), JsonSerializable(typeof(CarePlan))]
sealed partial class RecordsJson : JsonSerializerContext
{
    /// <summary>
    /// Writes µ, + and &lt; as themselves, a third shorter. Safe, for these bytes are only ever sent as application/json with nosniff, and never pasted into HTML.
    /// </summary>
    public static readonly RecordsJson Relaxed = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
