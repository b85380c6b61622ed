using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PatientPortal.Records.Domain.Fhir;

/// <summary>A FHIR Quantity.</summary>
/// <param name="Comparator">"&lt;", "&lt;=", "&gt;=" or "&gt;": the number is a bound, not the value.</param>
/// <param name="Unit">As people read it.</param>
sealed record Quantity(decimal Value, string? Comparator, string? Unit, string? UnitCode)
{
    public static Quantity? Of(JsonElement element, string name) => element.Child(name) is { } child ? From(child) : null;

    public static Quantity? From(JsonElement quantity) => quantity.Number("value") is not { } value ? null
        : new(value, quantity.Text("comparator"), Units.Readable(quantity.Text("unit") ?? quantity.Text("code")), quantity.Text("code"));

    public override string ToString() => $"{Comparator}{Digits.Of(Value)}{(Unit is null ? "" : Unit is "%" ? "%" : " " + Unit)}";
}

/// <summary>What was measured or found: one of Observation's value[x] types, or why there is none.</summary>
/// <param name="Quantity">A number with its unit; null for everything that is not one.</param>
/// <param name="Text">How it reads; null when there is no value.</param>
/// <param name="Absent">Why there is no value, when that was said.</param>
sealed record Measured(Quantity? Quantity, string? Text, string? Absent)
{
    static readonly Measured Nothing = new(null, null, null);

    public bool IsEmpty => Text is null && Absent is null;

    /// <summary>Reads <c>value[x]</c> and <c>dataAbsentReason</c> of an Observation or one of its components.</summary>
    public static Measured Of(JsonElement element)
    {
        if (Quantity.Of(element, "valueQuantity") is { } quantity) return new(quantity, quantity.ToString(), null);
        if (element.Number("valueInteger") is { } integer) return new(new(integer, null, null, null), Digits.Of(integer), null);
        var text = Concept.NameOf(element, "valueCodeableConcept")
            ?? element.Text("valueString")?.Replace("\\n", "\n", StringComparison.Ordinal)
            ?? element.Flag("valueBoolean") switch { true => "Yes", false => "No", null => null }
            ?? RangeText(element.Child("valueRange"))
            ?? RatioText(element.Child("valueRatio"))
            ?? element.Text("valueDateTime") ?? element.Text("valueTime")
            ?? PeriodText(FhirPeriod.Of(element, "valuePeriod"))
            ?? (element.Child("valueSampledData") is null ? null : "A recorded curve");
        if (text is not null) return new(null, text, null);
        return element.Child("dataAbsentReason") is { } reason ? new(null, null, AbsentReason(reason)) : Nothing;
    }

    static string? RangeText(JsonElement? range) => range is not { } r ? null
        : (Quantity.Of(r, "low"), Quantity.Of(r, "high")) switch
        {
            ({ } low, { } high) => $"{Digits.Of(low.Value)}–{high}",
            ({ } low, null) => $"{low} or more",
            (null, { } high) => $"up to {high}",
            _ => null,
        };

    static string? RatioText(JsonElement? ratio) =>
        ratio is { } r && Quantity.Of(r, "numerator") is { } top && Quantity.Of(r, "denominator") is { } bottom ? $"{top}:{bottom}" : null;

    static string? PeriodText(FhirPeriod? period) => period is null ? null : $"{period.Start?.Text ?? "?"} – {period.End?.Text ?? "?"}";

    /// <summary>hl7.org/fhir/R4/valueset-data-absent-reason.html in plain words.</summary>
    static string AbsentReason(JsonElement reason) => reason.First("coding")?.Text("code") switch
    {
        "asked-unknown" or "asked-declined" => "Not answered",
        "not-performed" => "Not done",
        "not-applicable" => "Does not apply",
        "error" or "not-a-number" => "Could not be measured",
        "temp-unknown" => "Not known yet",
        "masked" => "Not shown",
        _ => Concept.From(reason)?.Name is { } said && said != "unknown" ? said : "Not known",
    };
}

/// <summary>Numbers as people read them.</summary>
static class Digits
{
    /// <summary>
    /// A laboratory's own digits are kept ("5.0" stays 5.0). A long tail, as computers leave it, is rounded to what the
    /// size of the number carries; the API still gives it whole.
    /// </summary>
    public static string Of(decimal value)
    {
        if (value.Scale <= 4) return value.ToString(CultureInfo.InvariantCulture);
        var size = Math.Abs(value);
        var digits = size >= 100 ? 1 : size >= 1 ? 2 : 4;
        for (var small = size; small is > 0 and < 0.1m && digits < 20; small *= 10) digits++;
        return Math.Round(value, digits, MidpointRounding.AwayFromZero).ToString(CultureInfo.InvariantCulture);
    }
}

/// <summary>Units as people read them.</summary>
static partial class Units
{
    static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["[in_i]"] = "in", ["[lb_av]"] = "lb", ["[degF]"] = "°F", ["Cel"] = "°C", ["mm[Hg]"] = "mmHg", ["{score}"] = "points",
        ["10*3/uL"] = "thousand/µL", ["10*6/uL"] = "million/µL", ["10*9/L"] = "×10⁹/L", ["10*12/L"] = "×10¹²/L",
        ["/min"] = "per minute", ["{beats}/min"] = "beats per minute", ["{breaths}/min"] = "breaths per minute",
        ["kg/m2"] = "kg/m²", ["m2"] = "m²", ["[IU]/L"] = "IU/L", ["u[IU]/mL"] = "µIU/mL", ["m[IU]/L"] = "mIU/L", ["[pH]"] = "pH",
        ["uL"] = "µL", ["ug/dL"] = "µg/dL", ["ug/L"] = "µg/L", ["umol/L"] = "µmol/L", ["1"] = "", ["{nominal}"] = "",
    };

    /// <summary>UCUM's codes in ordinary letters; braces hold remarks (ucum.org section 12) and are dropped.</summary>
    public static string? Readable(string? unit)
    {
        if (unit is null) return null;
        if (Known.TryGetValue(unit, out var said)) return said.Length is 0 ? null : said;
        if (!unit.Contains('{', StringComparison.Ordinal)) return unit;
        var plain = Annotation().Replace(unit, "");
        return plain.Length is 0 ? unit.Trim('{', '}') : plain;
    }

    [GeneratedRegex(@"\{[^}]*\}")]
    private static partial Regex Annotation();
}
