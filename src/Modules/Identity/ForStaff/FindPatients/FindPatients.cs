using System.Globalization;
using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForStaff.FindPatients;

/// <summary>Staff look for a chart by name, birth date or chart number; each chart that the answer shows has it in its access log.</summary>
[Does(Act.Read, "patients", "Found this record in a search", Needs = "patients")]
sealed record FindPatientsRequest(string? Query, int? Limit, string? Cursor);

/// <param name="Protected">The chart is closed to the reader.</param>
sealed record FoundPatient(Guid Id, string ChartNumber, string Name, DateOnly BirthDate, string? Sex, bool Deceased, bool HasAccount, bool Protected = false);

sealed record FoundPatients(IReadOnlyList<FoundPatient> Items, string? Next) : IAboutPatients
{
    IEnumerable<Guid> IAboutPatients.PatientIds => Items.Select(p => p.Id);

    /// <summary>A protected chart is found like any other, and opened with a reason.</summary>
    object IAboutPatients.Without(IReadOnlySet<Guid> closed) => this with { Items = [.. Items.Select(p => closed.Contains(p.Id) ? p with { Protected = true } : p)] };
}

sealed class FindPatientsRules : AbstractValidator<FindPatientsRequest>
{
    public FindPatientsRules() => RuleFor(r => r.Query).MaximumLength(200).WithMessage("That is longer than a name. Use at most 200 characters.");
}

sealed class FindPatientsHandler(IdentityDb db, CurrentStaff staff) : IHandle<FindPatientsRequest, FoundPatients>
{
    static readonly string[] DateForms = ["yyyy-MM-dd", "M/d/yyyy", "M-d-yyyy", "MM/dd/yyyy"];

    public async Task<Outcome<FoundPatients>> Handle(FindPatientsRequest ask, CancellationToken ct)
    {
        if (!staff.May("patients")) return Outcome.NotFound;
        // Names come in order, so the place in the list is a count: a chart made meanwhile moves it by one, which a search can bear.
        var skip = 0;
        if (ask.Cursor is not null && !int.TryParse(ask.Cursor, NumberStyles.None, CultureInfo.InvariantCulture, out skip)) return Cursor.Bad;
        var take = PageAsk.Of(ask.Limit).Take;

        var found = await Matching(ask.Query).OrderBy(p => p.NameKey).ThenBy(p => p.Id).Skip(skip).Take(take + 1)
            .Select(p => new FoundPatient(p.Id, p.ChartNumber, p.Name, p.BirthDate, p.Sex, p.IsDeceased, db.Accounts.Any(a => a.PatientId == p.Id && a.ClosedAt == null), false)).ToListAsync(ct);
        return new FoundPatients([.. found.Take(take)], found.Count > take ? (skip + take).ToString(CultureInfo.InvariantCulture) : null);
    }

    IQueryable<Patient> Matching(string? query)
    {
        var patients = db.Patients.AsNoTracking().Where(p => p.MergedIntoId == null);
        var text = (query ?? "").Trim();
        if (text.Length == 0) return patients;
        if (DateOnly.TryParseExact(text, DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var born)) return patients.Where(p => p.BirthDate == born);

        var number = text.ToUpperInvariant();
        var words = Patient.KeyOf(text).Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(6).ToList();
        if (words.Count == 0) return Numbered(patients, number);
        if (words.Count == 1 || text.Any(char.IsAsciiDigit))
        {
            // A chart number is one word, or words that dashes make.
            var numbered = Numbered(patients, number);
            return words.Aggregate(patients, BeginsAWord).Union(numbered);
        }
        return words.Aggregate(patients, BeginsAWord);
    }

    /// <summary>The number of a chart that was joined leads to the one that stayed.</summary>
    IQueryable<Patient> Numbered(IQueryable<Patient> patients, string number) =>
        patients.Where(p => p.ChartNumber == number || db.Patients.Any(a => a.MergedIntoId == p.Id && a.ChartNumber == number));

    static IQueryable<Patient> BeginsAWord(IQueryable<Patient> patients, string word) =>
        patients.Where(p => (" " + p.NameKey).Contains(" " + word));
}

sealed class FindPatientsApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/patients", async (string? query, int? limit, string? cursor, IHandle<FindPatientsRequest, FoundPatients> find, CancellationToken ct) =>
                (await find.Handle(new(query, limit, cursor), ct)).ToHttp())
           .WithName("FindPatients").Produces<FoundPatients>().ProducesProblem(400).ProducesProblem(403);
}

sealed class PatientsNav : IStaffNav
{
    public string Label => "Patients";
    public string Path => "/staff/patients";
    public int Order => 60;
    public string Needs => "patients";
}
