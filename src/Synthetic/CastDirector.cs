using NodaTime;
using NodaTime.Extensions;

namespace PatientPortal.Synthetic;

/// <summary>Puts a cast together.</summary>
internal static class CastDirector
{
    static readonly string[] AllScopes = ["appointments", "records", "messages", "medications"];

    public static Cast Small(DateTimeOffset now, int patients)
    {
        var plan = ClinicPlan.Make();
        var today = TodayAt(now);
        CastPatient[] people = [.. Enumerable.Range(0, patients).Select(n => People.Small(plan, today, n))];
        CastAccount[] accounts =
        [
            .. new[] { (People.Maria, "maria"), (People.James, "james"), (People.Aisha, "aisha") }
                .Where(a => a.Item1 < patients).Select(a => Account(people[a.Item1], a.Item2)),
        ];
        CastProxy[] proxies = patients > People.Daughter
            ? [new(StableId.Of("proxy", 0), accounts[1].Id, people[People.Daughter].Id, "parent", AllScopes)]
            : [];
        return Play(Empty(now, today, plan) with
        {
            Locations = plan.Locations, Providers = plan.Providers, VisitTypes = plan.VisitTypes, Staff = plan.Staff, Teams = plan.Teams,
            Pharmacies = plan.Pharmacies, Patients = people, Accounts = accounts, Proxies = proxies,
        }, (visits, patient) => visits.Of(patient));
    }

    public static Cast Large(DateTimeOffset now, int first, int count, int total, int accounts, int longStories)
    {
        // About a hundred patients a provider: enough open times stay to book thousands while measuring.
        var plan = ClinicPlan.Make(more: total / 100);
        var today = TodayAt(now);
        CastPatient[] people = [.. Enumerable.Range(first, count).Select(n => People.Large(plan, today, n, n < longStories))];
        var cast = Empty(now, today, plan) with
        {
            Patients = people,
            Accounts = [.. people.Where(p => p.Number < accounts).Select(p => Account(p, $"patient{p.Number + 1}"))],
        };
        if (first is 0)
            cast = cast with
            {
                Locations = plan.Locations, Providers = plan.Providers, VisitTypes = plan.VisitTypes,
                Staff = plan.Staff, Teams = plan.Teams, Pharmacies = plan.Pharmacies,
            };
        return Play(cast, (visits, patient) => visits.Spread(patient));
    }

    static Cast Play(Cast cast, Func<Visits, CastPatient, List<CastAppointment>> visitsOf)
    {
        var visits = new Visits(cast.Plan, cast.Today, cast.At);
        cast = cast with { Appointments = [.. cast.Patients.SelectMany(p => visitsOf(visits, p))] };
        var told = cast;
        return cast with
        {
            VisitsByPatient = cast.Appointments.ToLookup(a => a.PatientId),
            Threads = [.. cast.Patients.SelectMany(p => Conversations.Of(told, p))],
            Refills = [.. cast.Patients.SelectMany(p => Refills.Of(told, p))],
        };
    }

    static Cast Empty(DateTimeOffset now, DateOnly today, ClinicPlan plan) =>
        new(now, today, plan.Clinic, [], [], [], [], [], [], [], [], [], [], [], []) { Plan = plan };

    static CastAccount Account(CastPatient patient, string userName) =>
        new(StableId.Of("account", patient.Number), userName, patient.Id, patient.Name, patient.Email ?? $"{userName}@example.org");

    static DateOnly TodayAt(DateTimeOffset now)
    {
        var date = now.ToInstant().InZone(DateTimeZoneProviders.Tzdb["America/New_York"]).Date;
        return new DateOnly(date.Year, date.Month, date.Day);
    }
}
