using System.Globalization;
using System.Text;

namespace PatientPortal.Messaging.Domain;

/// <summary>
/// Words that may mean an emergency, in English and Spanish. They never block or delay a message: the writer is
/// advised to call, because nobody may see the message for a day.
/// </summary>
static class UrgentWords
{
    static readonly string[] Words =
    [
        "chest pain", "pain in my chest", "pressure in my chest", "cant breathe", "cannot breathe", "short of breath", "trouble breathing",
        "stroke", "face drooping", "slurred speech", "numb on one side", "passed out", "unconscious", "seizure", "bleeding heavily",
        "heavy bleeding", "wont stop bleeding", "overdose", "kill myself", "suicide", "suicidal", "end my life", "hurt myself", "allergic reaction", "throat is swelling",
        "dolor de pecho", "dolor en el pecho", "no puedo respirar", "falta de aire", "derrame cerebral", "cara caida", "me desmaye",
        "convulsion", "sangrado abundante", "no para de sangrar", "sobredosis", "matarme", "suicidio", "suicidarme", "quitarme la vida", "hacerme dano", "reaccion alergica",
    ];

    public static bool In(string text)
    {
        var plain = Plain(text);
        return Words.Any(word => plain.Contains($" {word}", StringComparison.Ordinal));
    }

    /// <summary>Lower case without accents and apostrophes, every other sign a blank: "can’t  breathe!" is "cant breathe".</summary>
    static string Plain(string text)
    {
        var plain = new StringBuilder(" ", text.Length + 1);
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark || c is '\'' or '’') continue;
            if (char.IsLetterOrDigit(c)) plain.Append(char.ToLowerInvariant(c));
            else if (plain[^1] is not ' ') plain.Append(' ');
        }
        return plain.ToString();
    }
}
