using System.Globalization;
using System.Text;
using PatientPortal.Kernel.Data;

namespace PatientPortal.Identity.Domain;

/// <summary>A person whose chart the clinic keeps.</summary>
sealed class Patient : IVersioned
{
    public required Guid Id { get; init; }

    /// <summary>What people read aloud; never used again, also not after a merge.</summary>
    public required string ChartNumber { get; init; }
    public required string GivenName { get; set; }
    public required string FamilyName { get; set; }

    /// <summary>The name as shown.</summary>
    public required string Name { get; set; }

    /// <summary>The name without case and accents, for search: "ordonez bernardo".</summary>
    public string NameKey { get; private set; } = "";
    public required DateOnly BirthDate { get; set; }

    /// <summary>FHIR administrative gender: "female", "male", "other", "unknown".</summary>
    public string? Sex { get; set; }
    public string? Email { get; set; }
    public string? Phone { get; set; }

    /// <summary>When staff confirmed the number with the patient; from then on another system's number is a suggestion.</summary>
    public DateTimeOffset? PhoneConfirmedAt { get; set; }
    public string? Address { get; set; }

    /// <summary>IANA zone.</summary>
    public required string TimeZone { get; set; }

    /// <summary>"en" or "es".</summary>
    public required string Language { get; set; }
    public bool IsDeceased { get; set; }
    public DateOnly? DiedOn { get; set; }

    /// <summary>Since when those who care for this patient are in conflict: until staff settle it, only what a court ordered opens anything.</summary>
    public DateTimeOffset? ConflictAt { get; set; }

    /// <summary>What staff wrote about it.</summary>
    public string? ConflictReason { get; set; }
    /// <summary>The chart that this one was joined into, at the end of any chain: it opens to nobody, and its number leads there.</summary>
    public Guid? MergedIntoId { get; set; }
    public required DateTimeOffset RegisteredAt { get; init; }
    public required DateTimeOffset ChangedAt { get; set; }
    public int Version { get; set; }

    /// <summary>To be called whenever the name changed.</summary>
    public Patient WithNameKey()
    {
        NameKey = KeyOf($"{FamilyName} {GivenName}");
        return this;
    }

    /// <summary>"Ordóñez" is found by "ordonez" too.</summary>
    public static string KeyOf(string name)
    {
        var text = new StringBuilder(name.Length);
        var blank = false;
        foreach (var letter in string.Concat(name.EnumerateRunes()).Normalize(NormalizationForm.FormKD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark) continue;
            if (!char.IsLetterOrDigit(letter) && !char.IsSurrogate(letter)) { blank = text.Length > 0; continue; }
            if (blank) text.Append(' ');
            blank = false;
            text.Append(char.ToLowerInvariant(letter));
        }
        return text.ToString();
    }
}

/// <summary>
/// A number that another system knows a patient by. System and value together belong to one chart: the database says so,
/// and a second chart that claims them is quarantined.
/// </summary>
sealed class PatientIdentifier
{
    public required Guid Id { get; init; }
    public required Guid PatientId { get; init; }

    /// <summary>FHIR Identifier.system.</summary>
    public required string System { get; init; }

    /// <summary>A keyed hash of system and value: found by it, and a stolen file does not give away a social security number.</summary>
    public required byte[] Fingerprint { get; init; }
    public required string Value { get; init; }
}

/// <summary>A Patient resource as a source sent it, unchanged, and the chart it belongs to.</summary>
sealed class PatientResource
{
    public required Guid Id { get; init; }
    public required Guid PatientId { get; init; }

    /// <summary>The sending system; references are unique within it.</summary>
    public required string Source { get; init; }

    /// <summary>"Patient/{id}" within the source.</summary>
    public required string Reference { get; init; }

    /// <summary>UTF-8, byte for byte.</summary>
    public required byte[] Json { get; set; }
    public required DateTimeOffset TakenAt { get; set; }
}
