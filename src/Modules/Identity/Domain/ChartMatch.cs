using System.Globalization;

namespace PatientPortal.Identity.Domain;

/// <summary>What is known about a person, for comparing: of a chart, or given at a sign-up.</summary>
/// <param name="Prints">Fingerprints of the numbers that other systems know them by (<see cref="FhirIdentifier.FingerprintBy"/>).</param>
sealed record PersonFacts(
    string Given, string Family, DateOnly BirthDate, string? Sex = null, string? Phone = null, string? Email = null, IReadOnlyList<byte[]>? Prints = null)
{
    public static PersonFacts Of(Patient chart, IReadOnlyList<byte[]> prints) =>
        new(chart.GivenName, chart.FamilyName, chart.BirthDate, chart.Sex, chart.Phone, chart.Email, prints);
}

/// <summary>
/// How alike two sets of facts are: 0 to 100, and why. It decides nothing. What runs in families (name, telephone, address, birthdays of twins) is never
/// enough to be sure: that takes the given name and the birth date, letter for letter, and something besides.
/// </summary>
static class ChartMatch
{
    /// <summary>One person as far as facts can tell: names and birth date equal, and the telephone, the mail or a number too.</summary>
    public const int Sure = 85;

    /// <summary>Somebody should look.</summary>
    public const int Likely = 60;

    /// <summary>The most that the sealed columns (telephone, e-mail) can add to what the others say.</summary>
    public const int FromSealed = PhoneSame + MailSame;

    const int FamilySame = 22, FamilyPart = 17, FamilyTypo = 16, GivenSame = 23, GivenPart = 19, GivenTypo = 16, GivenInitial = 10, GivenOther = -25;
    const int BornSame = 30, BornSwapped = 20, BornTypo = 18, BornOther = -25, SexSame = 5, SexOther = -10, PhoneSame = 12, MailSame = 8, NumberSame = 40;

    /// <summary>A digit that makes two birth dates a generation apart is no slip: parents give children their names, and some their birthdays.</summary>
    const int GenerationYears = 15;

    /// <summary>Longer parts of names are compared to here: the work grows with the square.</summary>
    const int MostLetters = 60;

    enum Alike { Unknown, Other, Initial, Typo, Part, Same }

    /// <summary>The same for (b, a) as for (a, b).</summary>
    public static (int Score, IReadOnlyList<string> Reasons) Of(PersonFacts a, PersonFacts b)
    {
        var (score, most, reasons) = (0, 100, new List<string>());
        void Counts(int points, string reason, bool sure = true)
        {
            score += points;
            reasons.Add(reason);
            if (!sure) most = Sure - 1;
        }

        Names(a, b, Counts);
        switch (Born(a.BirthDate, b.BirthDate))
        {
            case Alike.Same: Counts(BornSame, "Same birth date"); break;
            case Alike.Part: Counts(BornSwapped, "Birth dates with day and month swapped", sure: false); break;
            case Alike.Typo: Counts(BornTypo, "Birth dates differ in one digit", sure: false); break;
            default: Counts(BornOther, "Different birth dates", sure: false); break;
        }

        if (a.Sex is "female" or "male" && b.Sex is "female" or "male")
        {
            if (a.Sex == b.Sex) Counts(SexSame, "Same sex");
            else Counts(SexOther, "Different sex", sure: false);
        }
        if (Digits(a.Phone) is { } phone && phone == Digits(b.Phone)) Counts(PhoneSame, "Same telephone number");
        if (Mail(a.Email) is { } mail && mail == Mail(b.Email)) Counts(MailSame, "Same e-mail address");
        if (a.Prints is { Count: > 0 } prints && b.Prints is { Count: > 0 } others && prints.Any(p => others.Any(o => o.AsSpan().SequenceEqual(p))))
            Counts(NumberSame, "A number of another system in common");
        return (Math.Clamp(score, 0, most), reasons);
    }

    /// <summary>
    /// Every birth date that a likely match without a shared number can have: the date itself, day and month swapped, and one digit wrong.
    /// At most some forty, for an index.
    /// </summary>
    public static IReadOnlyList<DateOnly> BirthDatesNear(DateOnly born)
    {
        var near = new HashSet<DateOnly> { born };
        if (Swapped(born) is { } swapped) near.Add(swapped);
        var text = Text(born);
        for (var at = 0; at < text.Length; at++)
            for (var digit = '0'; digit <= '9'; digit++)
                if (DateOnly.TryParseExact(string.Concat(text.AsSpan(0, at), [digit], text.AsSpan(at + 1)), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var other)
                    && Born(born, other) is not Alike.Other)
                    near.Add(other);
        return [.. near.Order()];
    }

    static void Names(PersonFacts a, PersonFacts b, Action<int, string, bool> counts)
    {
        var (given, family) = (Patient.KeyOf(a.Given), Patient.KeyOf(a.Family));
        var (otherGiven, otherFamily) = (Patient.KeyOf(b.Given), Patient.KeyOf(b.Family));
        if (given.Length > 0 && family.Length > 0 && given != family && Compact(given) == Compact(otherFamily) && Compact(family) == Compact(otherGiven))
        {
            counts(FamilySame + GivenSame - 5, "Given and family name swapped", true);
            return;
        }

        switch (Compared(family, otherFamily))
        {
            case Alike.Same: counts(FamilySame, "Same family name", true); break;
            case Alike.Part: counts(FamilyPart, "One family name is part of the other", true); break;
            case Alike.Typo: counts(FamilyTypo, "Family names that differ by a slip", false); break;
            case Alike.Unknown: counts(0, "A family name is missing", false); break;
            default: counts(0, "Different family names", false); break;
        }
        switch (Compared(given, otherGiven))
        {
            case Alike.Same: counts(GivenSame, "Same given name", true); break;
            case Alike.Part: counts(GivenPart, "One given name is part of the other", true); break;
            // Twins are called Maria and Marie.
            case Alike.Typo: counts(GivenTypo, "Given names that differ by a slip", false); break;
            case Alike.Initial: counts(GivenInitial, "A given name and its initial", false); break;
            case Alike.Unknown: counts(0, "A given name is missing", false); break;
            default: counts(GivenOther, "Different given names", false); break;
        }
    }

    static Alike Compared(string a, string b)
    {
        if (a.Length == 0 || b.Length == 0) return Alike.Unknown;
        if (Compact(a) == Compact(b)) return Alike.Same;
        var (ours, theirs) = (a.Split(' '), b.Split(' '));
        var (fewer, more) = ours.Length <= theirs.Length ? (ours, theirs) : (theirs, ours);
        // The first word must be among them: "Ana Maria" is not "Maria".
        if (fewer.All(w => w.Length > 1) && fewer.All(more.Contains) && fewer[0] == more[0]) return Alike.Part;
        if (Math.Min(ours[0].Length, theirs[0].Length) == 1 && ours[0][0] == theirs[0][0]) return Alike.Initial;
        var (x, y) = (Compact(a), Compact(b));
        var slips = Math.Min(x.Length, y.Length) switch { < 4 => 0, < 8 => 1, _ => 2 };
        return slips > 0 && Math.Abs(x.Length - y.Length) <= slips && Slips(x, y) <= slips ? Alike.Typo : Alike.Other;
    }

    static string Compact(string key) => key.Replace(" ", "", StringComparison.Ordinal) is var whole && whole.Length > MostLetters ? whole[..MostLetters] : whole;

    /// <summary>Letters wrong, missing, too many, or two neighbours swapped (optimal string alignment).</summary>
    static int Slips(string a, string b)
    {
        var cost = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) cost[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) cost[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
            for (var j = 1; j <= b.Length; j++)
            {
                var step = a[i - 1] == b[j - 1] ? 0 : 1;
                cost[i, j] = Math.Min(Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1, cost[i - 1, j - 1] + step);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }
        return cost[a.Length, b.Length];
    }

    static Alike Born(DateOnly a, DateOnly b)
    {
        if (a == b) return Alike.Same;
        if (Swapped(a) == b) return Alike.Part;
        var wrong = Text(a).Zip(Text(b)).Count(pair => pair.First != pair.Second);
        return wrong == 1 && Math.Abs(a.Year - b.Year) < GenerationYears ? Alike.Typo : Alike.Other;
    }

    static DateOnly? Swapped(DateOnly born) => born.Day <= 12 && born.Day != born.Month ? new(born.Year, born.Day, born.Month) : null;

    static string Text(DateOnly day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    /// <summary>The last ten digits, without an extension: "+1 (555) 010-2233 x7" is 5550102233. Fewer than seven, or one digit all along, are no number.</summary>
    static string? Digits(string? phone)
    {
        if (phone is null) return null;
        var end = phone.IndexOfAny(['x', 'X', '#', ';']);
        var digits = string.Concat((end < 0 ? phone : phone[..end]).Where(char.IsAsciiDigit));
        if (digits.Length < 7 || digits.Distinct().Count() == 1) return null;
        return digits.Length > 10 ? digits[^10..] : digits;
    }

    static string? Mail(string? address) => address?.Trim().ToLowerInvariant() is { Length: > 0 } mail ? mail : null;
}
