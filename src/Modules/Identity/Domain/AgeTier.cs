using PatientPortal.Kernel.Data;

namespace PatientPortal.Identity.Domain;

/// <summary>
/// From which age on what a parent may see, and whether the child may have an account. Law differs from place to place, so it is data that an
/// administrator changes; it is read at each request, so a change holds from the next one on.
/// </summary>
sealed class AgeTier : IVersioned
{
    /// <summary>For a clinic that has chosen no other: <c>Identity:Jurisdiction</c>.</summary>
    public const string Usual = "default";

    public required Guid Id { get; init; }
    public required string Jurisdiction { get; init; }

    /// <summary>In whole years; the tier begins with the birthday, at midnight where the patient lives.</summary>
    public required int FromAge { get; set; }

    /// <summary>With commas between; none means that parents' access ends here for good.</summary>
    public required string ParentScopes { get; set; }

    /// <summary>Whether somebody of this age may have an account. COPPA asks for a parent's consent below 13.</summary>
    public required bool OwnAccount { get; set; }
    public int Version { get; set; }

    public bool EndsParents => ParentScopes.Length is 0;

    /// <summary>
    /// What a setup begins with: parents see everything of a child, book and keep visits of a teen (who may have an account), and nothing of an adult.
    /// 12 to 17 differ by state; 13 is COPPA's line and the default of the portals in use.
    /// </summary>
    public static IReadOnlyList<AgeTier> Usually =>
    [
        Of("01990000-0000-7000-8000-000000000000", 0, "appointments,records,messages,medications", ownAccount: false),
        Of("01990000-0000-7000-8000-000000000013", 13, "appointments", ownAccount: true),
        Of("01990000-0000-7000-8000-000000000018", 18, "", ownAccount: true),
    ];

    static AgeTier Of(string id, int from, string scopes, bool ownAccount) =>
        new() { Id = Guid.Parse(id), Jurisdiction = Usual, FromAge = from, ParentScopes = scopes, OwnAccount = ownAccount };

    /// <summary>The tier of an age. A jurisdiction without tiers has the usual ones: nobody's access hangs on a misspelt setting.</summary>
    public static AgeTier At(int age, IReadOnlyList<AgeTier> tiers) =>
        (tiers.Count > 0 ? tiers : Usually).OrderBy(t => t.FromAge).LastOrDefault(t => t.FromAge <= age) ?? Usually[0];
}

/// <summary>Ages in whole years, and birthdays.</summary>
static class Ages
{
    public static int On(DateOnly birth, DateOnly today) =>
        today.Year - birth.Year - ((today.Month, today.Day).CompareTo((birth.Month, birth.Day)) < 0 ? 1 : 0);

    /// <summary>
    /// The day on which somebody becomes this old. Born on 29 February, one is a year older on 1 March of a common year: whoever is protected
    /// stays so for the longer of the two readings, and no one gains or loses a right before the calendar has passed their day.
    /// </summary>
    public static DateOnly Turns(DateOnly birth, int age)
    {
        var year = birth.Year + age;
        return birth is { Month: 2, Day: 29 } && !DateTime.IsLeapYear(year) ? new(year, 3, 1) : new(year, birth.Month, birth.Day);
    }
}
