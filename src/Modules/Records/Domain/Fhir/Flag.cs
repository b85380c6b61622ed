using System.Text.Json;
using System.Text.Json.Serialization;

namespace PatientPortal.Records.Domain.Fhir;

/// <summary>What the laboratory, or the range it sent, says about a value.</summary>
[JsonConverter(typeof(FlagJson))]
enum Flag
{
    InRange, Normal, High, Low, CriticalHigh, CriticalLow, Abnormal, Critical,
    Positive, Negative, Detected, NotDetected, Indeterminate, Susceptible, Intermediate, Resistant,
}

/// <summary>How a flag is found, and what it means.</summary>
static class Flags
{
    /// <summary>Needs a clinician's eye: staff queues count these, and pages mark them.</summary>
    public static bool IsAbnormal(this Flag flag) =>
        flag is Flag.High or Flag.Low or Flag.CriticalHigh or Flag.CriticalLow or Flag.Abnormal or Flag.Critical;

    public static bool IsCritical(this Flag flag) => flag is Flag.CriticalHigh or Flag.CriticalLow or Flag.Critical;

    /// <summary>
    /// The laboratory's own interpretation comes first. Without one, a number is compared with the range that came with it,
    /// in the same unit. No range: nothing is said.
    /// </summary>
    public static Flag? Of(JsonElement observation, Measured measured, NormalRange? range)
    {
        foreach (var concept in observation.Each("interpretation"))
            foreach (var coding in concept.Each("coding"))
                if (FromCode(coding.Text("code"), range) is { } said) return said;
        return measured.Quantity is { } quantity && range is not null ? Compared(quantity, range) : null;
    }

    /// <summary>HL7 v3 ObservationInterpretation; the codes of HL7 v2 table 0078 are the same.</summary>
    static Flag? FromCode(string? code, NormalRange? range) => code switch
    {
        "N" => range is null ? Flag.Normal : Flag.InRange,
        "H" or "HU" or ">" => Flag.High,
        "L" or "LU" or "<" => Flag.Low,
        "HH" => Flag.CriticalHigh,
        "LL" => Flag.CriticalLow,
        "A" => Flag.Abnormal,
        "AA" => Flag.Critical,
        "POS" or "WR" or "RR" => Flag.Positive,
        "NEG" or "NR" => Flag.Negative,
        "DET" => Flag.Detected,
        "ND" => Flag.NotDetected,
        "IND" or "E" => Flag.Indeterminate,
        "S" or "MS" or "VS" => Flag.Susceptible,
        "I" => Flag.Intermediate,
        "R" => Flag.Resistant,
        _ => null,
    };

    static Flag? Compared(Quantity quantity, NormalRange range)
    {
        if (range.Low is null && range.High is null) return null;
        if (range.Low > range.High) return null;
        if (range.Unit is not null && quantity.Unit is not null && range.Unit != quantity.Unit) return null;
        var value = quantity.Value;
        return quantity.Comparator switch
        {
            null when value < range.Low => Flag.Low,
            null when value > range.High => Flag.High,
            null => Flag.InRange,
            // "<5" is somewhere below 5: low for sure under a low end of 5, in range only where nothing is too low.
            "<" when value <= range.Low => Flag.Low,
            "<=" when value < range.Low => Flag.Low,
            "<" or "<=" when value <= range.High && range.Low is null or 0 => Flag.InRange,
            ">" when value >= range.High => Flag.High,
            ">=" when value > range.High => Flag.High,
            ">" or ">=" when value >= range.Low && range.High is null => Flag.InRange,
            _ => null,
        };
    }
}

/// <summary>"critical-high", "in-range": the words of the API.</summary>
sealed class FlagJson() : JsonStringEnumConverter<Flag>(JsonNamingPolicy.KebabCaseLower);
