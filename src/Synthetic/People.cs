namespace PatientPortal.Synthetic;

/// <summary>Who the patients are. The first are told one by one; a large clinic's others are drawn from the same names.</summary>
internal static class People
{
    public const int Maria = 0, James = 1, Daughter = 2, Aisha = 3;

    record Person(string Given, string Family, char Sex, int Age, CastStory Story, int Provider, string Language = "en", string? Zone = null);

    static readonly Person[] Told =
    [
        new("Maria", "Alvarez", 'f', 54, CastStory.Metabolic, ClinicPlan.Lee),
        new("James", "Carter", 'm', 41, CastStory.Asthma, ClinicPlan.Reyes),
        new("Emma", "Carter", 'f', 8, CastStory.Child, ClinicPlan.Okonkwo),
        new("Aisha", "Rahman", 'f', 31, CastStory.Pregnancy, ClinicPlan.Sorensen, Zone: "America/Chicago"),
        new("Tunde", "Okafor", 'm', 47, CastStory.Hypertension, ClinicPlan.Lee),
        new("Ludmila", "Petrov", 'f', 66, CastStory.Diabetes, ClinicPlan.Nair, Zone: "America/Chicago"),
        new("José", "Núñez Peña", 'm', 58, CastStory.Diabetes, ClinicPlan.Nair, "es", "America/Chicago"),
        new("Eleanor", "Whitfield", 'f', 83, CastStory.Elder, ClinicPlan.Lee),
        new("Ahmed", "Haddad", 'm', 36, CastStory.HealthyAdult, ClinicPlan.Reyes),
        new("Soo-jin", "Kim", 'f', 29, CastStory.Thyroid, ClinicPlan.Lee),
        new("Rosa", "Osei", 'f', 52, CastStory.Depression, ClinicPlan.Reyes),
        new("Camila", "Duarte", 'f', 24, CastStory.HealthyAdult, ClinicPlan.Fuentes, "es"),
        new("Åsa", "Lindqvist", 'f', 61, CastStory.HeartFailure, ClinicPlan.Lee),
        new("Hélène", "Moreau", 'f', 44, CastStory.Hypertension, ClinicPlan.Fuentes),
        new("Wei", "Zhang", 'm', 72, CastStory.Elder, ClinicPlan.Lee),
        new("Noah", "Goldberg", 'm', 15, CastStory.Teen, ClinicPlan.Okonkwo),
        new("Lucía", "Fernández", 'f', 1, CastStory.Infant, ClinicPlan.Okonkwo, "es"),
        new("Marcus", "Johnson", 'm', 39, CastStory.Pain, ClinicPlan.Reyes),
        new("Siobhán", "O’Brien", 'f', 33, CastStory.Pregnancy, ClinicPlan.Sorensen, Zone: "America/Chicago"),
        new("Dragan", "Jovanović", 'm', 55, CastStory.Hypertension, ClinicPlan.Fuentes, Zone: "America/Chicago"),
        new("Nguyễn", "Thị Hoa", 'f', 49, CastStory.Metabolic, ClinicPlan.Lee),
        new("Kwame", "Mensah", 'm', 27, CastStory.Asthma, ClinicPlan.Reyes),
        new("Guadalupe", "Ramírez", 'f', 69, CastStory.Elder, ClinicPlan.Fuentes, "es", "America/Chicago"),
        new("Ethan", "Brooks", 'm', 6, CastStory.Child, ClinicPlan.Okonkwo),
        new("Zofia", "Wójcik", 'f', 37, CastStory.Thyroid, ClinicPlan.Fuentes, Zone: "America/Chicago"),
        new("Daniel", "Cohen", 'm', 63, CastStory.HeartFailure, ClinicPlan.Lee),
        new("Fatima", "El Amrani", 'f', 45, CastStory.Diabetes, ClinicPlan.Nair, Zone: "America/Chicago"),
        new("Liam", "Murphy", 'm', 17, CastStory.Teen, ClinicPlan.Okonkwo),
        new("Xóchitl", "Hernández", 'f', 30, CastStory.Pregnancy, ClinicPlan.Sorensen, "es", "America/Chicago"),
        new("Björn", "Ólafsson", 'm', 51, CastStory.Hypertension, ClinicPlan.Reyes),
        new("Priscilla", "Nakamura", 'f', 35, CastStory.HealthyAdult, ClinicPlan.Lee, Zone: "Pacific/Honolulu"),
        new("Carlos", "Ibáñez", 'm', 62, CastStory.Metabolic, ClinicPlan.Lee, "es"),
        new("Ngozi", "Adeyemi", 'f', 40, CastStory.Depression, ClinicPlan.Fuentes),
        new("Teo", "Fernández", 'm', 5, CastStory.Child, ClinicPlan.Okonkwo, "es"),
        new("Harold", "Jensen", 'm', 78, CastStory.Elder, ClinicPlan.Lee, Zone: "America/Phoenix"),
        new("Leilani", "Kealoha", 'f', 22, CastStory.HealthyAdult, ClinicPlan.Reyes),
        new("Mehmet", "Yıldız", 'm', 57, CastStory.Diabetes, ClinicPlan.Nair, Zone: "America/Chicago"),
        new("Ruth", "Bergström", 'f', 70, CastStory.Hypertension, ClinicPlan.Lee),
        new("Andrés", "Castaño", 'm', 34, CastStory.Pain, ClinicPlan.Fuentes, "es"),
        new("Grace", "Thompson", 'f', 46, CastStory.Asthma, ClinicPlan.Reyes),
    ];

    static readonly (string Name, char Sex)[] Givens =
    [
        ("Olivia", 'f'), ("Mateo", 'm'), ("Amara", 'f'), ("Jonas", 'm'), ("Chloé", 'f'), ("Ibrahim", 'm'), ("Sofía", 'f'), ("Viktor", 'm'),
        ("Hana", 'f'), ("Samuel", 'm'), ("Inés", 'f'), ("Dmitri", 'm'), ("Abigail", 'f'), ("Rajesh", 'm'), ("Marta", 'f'), ("Kofi", 'm'),
        ("Nora", 'f'), ("Santiago", 'm'), ("Yuki", 'f'), ("Patrick", 'm'), ("Zainab", 'f'), ("Lukas", 'm'), ("Beatriz", 'f'), ("Hassan", 'm'),
    ];

    static readonly string[] Families =
    [
        "Anderson", "Brown", "Cruz", "Díaz", "Evans", "Fischer", "García", "Hughes", "Ivanov", "Jackson", "Kowalski", "López", "Müller", "Nowak",
        "Ortiz", "Park", "Quispe", "Rossi", "Singh", "Torres", "Usman", "Vargas", "Walker", "Xu", "Young", "Zimmermann", "Baptiste", "Çelik", "Dubois",
    ];

    static readonly (string Line, string City, string State, string Postal, string Area)[] East =
    [
        ("Maple Street", "New York", "NY", "10002", "212"), ("Prospect Avenue", "Brooklyn", "NY", "11215", "718"), ("Cedar Lane", "Queens", "NY", "11375", "347"),
    ];

    static readonly (string Line, string City, string State, string Postal, string Area)[] Middle =
    [
        ("Lincoln Avenue", "Chicago", "IL", "60614", "312"), ("Elm Street", "Evanston", "IL", "60201", "847"),
    ];

    public static string Given(int i) => Givens[i % Givens.Length].Name;

    public static string Family(int i) => Families[i % Families.Length];

    public static CastPatient Small(ClinicPlan plan, DateOnly today, int number)
    {
        var person = number < Told.Length ? Told[number] : Drawn(number);
        return Make(plan, today, number, person, person.Story, plan.Providers[person.Provider]);
    }

    public static CastPatient Large(ClinicPlan plan, DateOnly today, int number, bool isLong)
    {
        var person = Drawn(number);
        return Make(plan, today, number, person, isLong ? CastStory.Long : CastStory.Slim, plan.Providers[number % plan.Providers.Count]);
    }

    static Person Drawn(int number)
    {
        var seed = Seed.Of("person", number);
        var (given, sex) = seed.Of(Givens);
        return new Person(given, seed.Of(Families), sex, 20 + seed.Below(60), (CastStory)seed.Below(8),
            seed.Chance(0.5) ? ClinicPlan.Lee : ClinicPlan.Reyes, seed.Chance(0.2) ? "es" : "en");
    }

    static CastPatient Make(ClinicPlan plan, DateOnly today, int number, Person person, CastStory story, CastProvider provider)
    {
        var seed = Seed.Of("patient", number);
        var zone = person.Zone ?? "America/New_York";
        var home = seed.Of(zone is "America/Chicago" ? Middle : East);
        // Birthdays keep their day and follow today's year, so that everybody stays the age their story needs.
        var birth = person.Age is 1
            ? today.AddDays(-11 * 30 - 12)
            : Birthday(today, person.Age, 1 + seed.Below(12), 1 + seed.Below(28));
        var sign = Plain(person.Given) + "." + Plain(person.Family) + (number < Told.Length ? "" : number.ToString(System.Globalization.CultureInfo.InvariantCulture));
        var email = number switch { People.Maria => "maria@example.org", James => "james@example.org", Aisha => "aisha@example.org", _ => $"{sign}@example.com" };
        var child = story is CastStory.Child or CastStory.Infant or CastStory.Teen;
        return new CastPatient(number, StableId.Of("patient", number), $"RC-{100_017 + number * 13}", person.Given, person.Family, birth,
            person.Sex is 'f' ? "female" : "male", child ? null : email, $"+1 {home.Area} 555 {100 + number % 100:0000}",
            $"{11 + seed.Below(880)} {home.Line}", home.City, home.State, home.Postal, zone, person.Language, provider.Id, story,
            Medicines.Of(number, story, today, provider.Id));
    }

    static DateOnly Birthday(DateOnly today, int age, int month, int day)
    {
        var thisYear = new DateOnly(today.Year, month, day);
        return thisYear.AddYears(thisYear > today ? -age - 1 : -age);
    }

    static string Plain(string name)
    {
        var plain = new System.Text.StringBuilder();
        foreach (var c in name.Replace('ı', 'i').Normalize(System.Text.NormalizationForm.FormD))
            if (char.IsAsciiLetter(c)) plain.Append(char.ToLowerInvariant(c));
        return plain.ToString();
    }
}
