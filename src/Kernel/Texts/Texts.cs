using System.Collections.Frozen;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace PatientPortal.Kernel.Texts;

/// <summary>
/// The words of the patient pages. English text is the key: <c>@T["Book a visit"]</c>, <c>@T["{0} of {1} values are high", 1, 4]</c>.
/// A text that has no translation yet is shown in English, never as a key.
/// </summary>
public sealed class Texts
{
    static readonly Lock Gate = new();
    static FrozenDictionary<string, string> spanish = FrozenDictionary<string, string>.Empty;

    /// <summary>"en" or "es".</summary>
    public string Language { get; set; } = "en";

    public CultureInfo Culture => Language is "es" ? Spanish : English;

    static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-US");
    static readonly CultureInfo Spanish = CultureInfo.GetCultureInfo("es-US");

    public string this[string english] => Language is "es" && spanish.TryGetValue(english, out var said) ? said : english;

    public string this[string english, params object?[] args] => string.Format(Culture, this[english], args);

    /// <summary>The languages of the patient pages, in their own names.</summary>
    public static readonly IReadOnlyList<(string Code, string Name)> Languages = [("en", "English"), ("es", "Español")];

    /// <summary>Reads <c>Texts/es.json</c>, embedded in an assembly: English text to Spanish text.</summary>
    public static void Load(IEnumerable<Assembly> assemblies)
    {
        lock (Gate)
        {
            var all = new Dictionary<string, string>(spanish);
            foreach (var assembly in assemblies)
            {
                using var stream = assembly.GetManifestResourceStream("Texts.es.json");
                if (stream is null) continue;
                foreach (var (english, said) in JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!) all[english] = said;
            }
            spanish = all.ToFrozenDictionary();
        }
    }
}
