namespace PatientPortal.Synthetic;

/// <summary>The clinic as it stands before any patient comes.</summary>
internal sealed record ClinicPlan(
    CastClinic Clinic, IReadOnlyList<CastLocation> Locations, IReadOnlyList<CastProvider> Providers,
    IReadOnlyList<CastVisitType> VisitTypes, IReadOnlyList<CastStaff> Staff, IReadOnlyList<CastTeam> Teams, IReadOnlyList<CastPharmacy> Pharmacies)
{
    public const int FollowUp = 0, NewPatient = 1, Physical = 2, SickVisit = 3, WellChild = 4, Prenatal = 5, PressureCheck = 6, Procedure = 7;

    public const int Lee = 0, Reyes = 1, Nair = 2, Okonkwo = 3, Sorensen = 4, Fuentes = 5;

    static readonly DayOfWeek[] Workdays = [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];

    public CastLocation LocationOf(Guid id) => Locations.First(l => l.Id == id);

    public CastProvider ProviderOf(Guid id) => Providers.First(p => p.Id == id);

    /// <param name="more">Further providers, for a large clinic.</param>
    public static ClinicPlan Make(int more = 0)
    {
        var clinic = new CastClinic(StableId.Of("clinic", 0), "Riverside Clinic", "+1 212 555 0100", "hello@riverside.example.org");
        CastLocation[] places =
        [
            new(StableId.Of("location", 0), "Riverside Main", "210 River Street", "New York", "NY", "10001", "+1 212 555 0100", "America/New_York"),
            new(StableId.Of("location", 1), "Lakeside", "48 Lake Shore Avenue", "Chicago", "IL", "60601", "+1 312 555 0140", "America/Chicago"),
        ];
        CastStaff[] staff =
        [
            new(StableId.Of("staff", 0), "drlee", "Dr. Hannah Lee", "Physician", "hannah.lee@riverside.example.org"),
            new(StableId.Of("staff", 1), "nurse", "Nadia Brooks, RN", "Nurse", "nadia.brooks@riverside.example.org"),
            new(StableId.Of("staff", 2), "frontdesk", "Tomás Becker", "Front desk", "tomas.becker@riverside.example.org"),
            new(StableId.Of("staff", 3), "pharmacist", "Leila Haddad, PharmD", "Pharmacist", "leila.haddad@riverside.example.org"),
            new(StableId.Of("staff", 4), "admin", "Grace Whitfield", "Administrator", "grace.whitfield@riverside.example.org"),
            new(StableId.Of("staff", 5), "records", "Wendell Osei", "Records", "wendell.osei@riverside.example.org"),
            new(StableId.Of("staff", 6), "privacy", "Ruth Abelson", "Privacy officer", "ruth.abelson@riverside.example.org"),
        ];
        var (main, lake) = (places[0].Id, places[1].Id);
        var providers = new List<CastProvider>
        {
            Provider(0, "Dr. Hannah Lee", "MD", "Internal medicine", staff[0].Id, Hours(0, main, Workdays, "08:30", "17:00", "12:00", "13:00")),
            Provider(1, "Omar Reyes, NP", "NP", "Family medicine", null,
                Hours(1, main, [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Friday], "08:00", "16:30", "12:00", "12:30"),
                Hours(2, main, [DayOfWeek.Saturday, DayOfWeek.Sunday], "09:00", "13:00", null, null)),
            Provider(2, "Dr. Priya Nair", "MD", "Endocrinology", null, Hours(3, lake, [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Thursday], "09:00", "17:00", "12:30", "13:30")),
            Provider(3, "Dr. Samuel Okonkwo", "MD", "Pediatrics", null, Hours(4, main, Workdays, "08:00", "16:00", "12:00", "13:00")),
            Provider(4, "Dr. Ingrid Sørensen", "MD", "Obstetrics and gynecology", null,
                Hours(5, lake, [DayOfWeek.Monday, DayOfWeek.Wednesday, DayOfWeek.Friday], "08:30", "16:30", "12:00", "13:00")),
            Provider(5, "Mateo Fuentes, PA-C", "PA-C", "Family medicine", null,
                Hours(6, lake, [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday], "08:00", "16:00", "12:00", "12:45"),
                Hours(7, main, [DayOfWeek.Thursday, DayOfWeek.Friday], "10:00", "18:30", "14:00", "14:30")),
        };
        for (var i = 0; i < more; i++)
            providers.Add(Provider(6 + i, $"Dr. {People.Given(i)} {People.Family(i * 7)}", "MD", "Family medicine", null,
                Hours(8 + i, i % 2 is 0 ? main : lake, Workdays, "08:00", "17:00", "12:00", "13:00")));

        Guid[] everybody = [.. providers.Select(p => p.Id)];
        Guid[] general = [.. providers.Where(p => p.Specialty is "Internal medicine" or "Family medicine").Select(p => p.Id)];
        Guid[] adults = [.. general, providers[Nair].Id];
        CastVisitType[] types =
        [
            new(StableId.Of("visit-type", FollowUp), "Follow-up visit", "Consulta de seguimiento", "To look at how a treatment is going, or at results.", 30, everybody, true),
            new(StableId.Of("visit-type", NewPatient), "First visit", "Primera consulta", "Your first time with this clinician.", 60, everybody, true),
            new(StableId.Of("visit-type", Physical), "Yearly physical", "Examen físico anual", "A full check-up, once a year.", 60, general, true),
            new(StableId.Of("visit-type", SickVisit), "Sick visit", "Consulta por enfermedad", "Something new that should be seen soon.", 30, [.. general, providers[Okonkwo].Id], true),
            new(StableId.Of("visit-type", WellChild), "Well-child visit", "Control del niño sano", "Growth, development and vaccines.", 30, [providers[Okonkwo].Id, providers[Reyes].Id], true),
            new(StableId.Of("visit-type", Prenatal), "Prenatal visit", "Control prenatal", "Regular visits during a pregnancy.", 30, [providers[Sorensen].Id], true),
            new(StableId.Of("visit-type", PressureCheck), "Blood pressure check", "Control de la presión arterial", "A short visit to measure your blood pressure.", 15, adults, true),
            new(StableId.Of("visit-type", Procedure), "Minor procedure", "Procedimiento menor", "Planned by your clinician; booked by the clinic.", 60, [providers[Lee].Id, providers[Sorensen].Id], false),
        ];
        CastTeam[] teams =
        [
            new(StableId.Of("team", 0), "Primary care team", "Equipo de atención primaria", ["Symptoms or a condition", "Test results", "Medications", "Forms and letters"], [staff[0].Id, staff[1].Id]),
            new(StableId.Of("team", 1), "Appointments and front desk", "Citas y recepción", ["Appointments", "Address or insurance", "Something else"], [staff[2].Id, staff[1].Id]),
            new(StableId.Of("team", 2), "Pharmacy team", "Equipo de farmacia", ["Medications", "Refills"], [staff[3].Id, staff[1].Id]),
        ];
        CastPharmacy[] pharmacies =
        [
            new(StableId.Of("pharmacy", 0), "Riverside Pharmacy", "214 River Street, New York, NY 10001", "+1 212 555 0170"),
            new(StableId.Of("pharmacy", 1), "Lakeside Pharmacy", "50 Lake Shore Avenue, Chicago, IL 60601", "+1 312 555 0171"),
            new(StableId.Of("pharmacy", 2), "Harbor Street Drugs", "9 Harbor Street, Brooklyn, NY 11201", "+1 718 555 0172"),
        ];
        return new ClinicPlan(clinic, places, providers, types, staff, teams, pharmacies);
    }

    static CastProvider Provider(int number, string name, string credential, string specialty, Guid? staff, params CastTemplate[] templates) =>
        new(StableId.Of("provider", number), name, credential, specialty, staff, templates);

    static CastTemplate Hours(int number, Guid location, DayOfWeek[] days, string from, string to, string? lunchFrom, string? lunchTo) =>
        new(StableId.Of("template", number), location, days, Clock(from), Clock(to),
            lunchFrom is null ? null : Clock(lunchFrom), lunchTo is null ? null : Clock(lunchTo));

    static TimeOnly Clock(string text) => new(int.Parse(text.AsSpan(0, 2), null), int.Parse(text.AsSpan(3, 2), null));
}
