namespace PatientPortal.Identity.Domain;

/// <summary>
/// What a grant opens on a given day. The door, the preview "as my proxy", the lists and the nightly job all ask here: what somebody is shown to
/// be able to see is what they can see.
/// </summary>
static class ProxyPolicy
{
    /// <summary>What can be granted, in the order in which it is shown.</summary>
    public static readonly IReadOnlyList<string> Scopes = ["appointments", "records", "messages", "medications"];

    /// <summary>How the invited is related to the patient; the words of the lists that people choose from.</summary>
    public static readonly IReadOnlyList<string> Relations = ["spouse", "partner", "parent", "child", "sibling", "friend", "caregiver", "guardian", "other"];

    /// <param name="age">In whole years, on the patient's own date.</param>
    /// <param name="tiers">Of the clinic's jurisdiction.</param>
    /// <returns>Empty: the chart stays shut.</returns>
    public static IReadOnlyList<string> Opens(LegalBasis basis, string scopes, bool deceased, bool inConflict, int age, IReadOnlyList<AgeTier> tiers)
    {
        // The living act for themselves or through the others; the dead through whom the law names.
        if (deceased != basis is LegalBasis.PersonalRepresentative) return [];
        if (inConflict && basis is not LegalBasis.CourtOrder) return [];

        var granted = Grant.Read(scopes);
        if (basis is not (LegalBasis.ParentalResponsibility or LegalBasis.Guardianship)) return granted;
        var tier = AgeTier.At(age, tiers);
        // A guardian appointed by a court stays one; being a parent ends with childhood.
        if (tier.EndsParents) return basis is LegalBasis.Guardianship ? granted : [];
        var allowed = Grant.Read(tier.ParentScopes);
        return [.. granted.Where(allowed.Contains)];
    }

    /// <summary>Whether the patient may end it alone. What the law gave somebody else, the clinic ends on papers.</summary>
    public static bool IsPatientsToEnd(LegalBasis basis) => basis is LegalBasis.PatientsWish or LegalBasis.PowerOfAttorney;

    /// <summary>Null when the list names nothing, or something that can't be granted; else in the usual order.</summary>
    public static string? Written(IEnumerable<string>? scopes)
    {
        var asked = scopes?.ToHashSet() ?? [];
        return asked.Count > 0 && asked.All(Scopes.Contains) ? string.Join(',', Scopes.Where(asked.Contains)) : null;
    }

    public static string Says(LegalBasis basis) => basis switch
    {
        LegalBasis.PatientsWish => "The patient's wish",
        LegalBasis.ParentalResponsibility => "Parental responsibility",
        LegalBasis.Guardianship => "Guardianship",
        LegalBasis.PowerOfAttorney => "Power of attorney",
        LegalBasis.PersonalRepresentative => "Personal representative of a deceased patient",
        _ => "Court order",
    };
}
