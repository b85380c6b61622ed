using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace PatientPortal.Records.Domain.Fhir;

/// <summary>The range that came with one result. It belongs to that result alone: another laboratory, age or sex has another.</summary>
/// <param name="Text">The laboratory's own words, when it used any.</param>
sealed partial record NormalRange(decimal? Low, decimal? High, string? Unit, string? Text)
{
    /// <summary>
    /// The normal range among <c>referenceRange</c>. Of several (by age or sex) the laboratory did not say which applies:
    /// then only its words are kept, and nothing is compared.
    /// </summary>
    public static NormalRange? Of(JsonElement observation)
    {
        var normal = observation.Each("referenceRange").Where(IsNormal).Select(From).OfType<NormalRange>().ToList();
        return normal.Count switch
        {
            0 => null,
            1 => normal[0],
            _ => new(null, null, null, string.Join("; ", normal.Select(r => r.ToString()).Distinct())),
        };
    }

    static bool IsNormal(JsonElement range) => range.CodeOf("type") is null or "normal" or "Normal" or "Normal Range";

    static NormalRange? From(JsonElement range)
    {
        var (low, high, text) = (Quantity.Of(range, "low"), Quantity.Of(range, "high"), range.Text("text"));
        if (low is not null || high is not null) return new(low?.Value, high?.Value, high?.Unit ?? low?.Unit, text);
        if (text is null) return null;
        var (least, most) = Parsed(text);
        return new(least, most, null, text);
    }

    /// <summary>Laboratories that speak HL7 v2 send "4.0 - 11.0", "&lt;200" or "&gt;=40" as text.</summary>
    static (decimal? Low, decimal? High) Parsed(string text)
    {
        var between = Between().Match(text);
        if (between.Success) return (Number(between.Groups[1]), Number(between.Groups[2]));
        var bound = Bound().Match(text);
        if (!bound.Success) return (null, null);
        return bound.Groups[1].ValueSpan[0] is '<' or '≤' ? (null, Number(bound.Groups[2])) : (Number(bound.Groups[2]), null);
    }

    static decimal? Number(Group digits) =>
        decimal.TryParse(digits.ValueSpan, NumberStyles.Number, CultureInfo.InvariantCulture, out var value) ? value : null;

    public override string ToString() => (Low, High) switch
    {
        _ when Text is not null => Text,
        ({ } low, { } high) => $"{Digits.Of(low)} to {Digits.Of(high)}",
        ({ } low, null) => $"{Digits.Of(low)} or more",
        (null, { } high) => $"up to {Digits.Of(high)}",
        _ => "",
    };

    [GeneratedRegex(@"^\s*(-?\d+(?:\.\d+)?)\s*(?:-|–|to)\s*(-?\d+(?:\.\d+)?)\s*$")]
    private static partial Regex Between();

    [GeneratedRegex(@"^\s*(<=?|>=?|≤|≥)\s*(-?\d+(?:\.\d+)?)\s*$")]
    private static partial Regex Bound();
}
