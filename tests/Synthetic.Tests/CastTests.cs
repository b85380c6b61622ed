using Shouldly;
using Xunit;

namespace PatientPortal.Synthetic.Tests;

public sealed class CastTests
{
    static readonly DateTimeOffset Sunday = new(2026, 11, 22, 15, 0, 0, TimeSpan.Zero);

    public static TheoryData<DateTimeOffset> Week => [.. Enumerable.Range(0, 7).Select(d => Sunday.AddDays(d))];

    [Fact]
    public void the_people_of_the_demonstration_are_there()
    {
        var cast = Cast.Of(Sunday);
        cast.Staff.Select(s => s.UserName).ShouldBe(["drlee", "nurse", "frontdesk", "pharmacist", "admin", "records", "privacy"]);
        cast.Accounts.Select(a => a.UserName).ShouldBe(["maria", "james", "aisha"]);
        cast.Patients.Count.ShouldBe(40);
        cast.Patients.Select(p => p.ChartNumber).Distinct().Count().ShouldBe(40);
        var proxy = cast.Proxies.ShouldHaveSingleItem();
        proxy.AccountId.ShouldBe(cast.Accounts[1].Id);
        var daughter = cast.Patients.Single(p => p.Id == proxy.PatientId);
        daughter.BirthDate.ShouldBeGreaterThan(cast.Today.AddYears(-18));
        cast.Providers.ShouldContain(p => p.StaffId == cast.Staff[0].Id);
        cast.Locations.Select(l => l.TimeZone).Distinct().Count().ShouldBe(2);
        cast.Patients.ShouldAllBe(p => p.Email == null || p.Email.EndsWith("@example.org") || p.Email.EndsWith("@example.com"));
    }

    [Fact]
    public void the_same_day_gives_the_same_cast_and_ids_stay_from_day_to_day()
    {
        var (one, other, tomorrow) = (Cast.Of(Sunday), Cast.Of(Sunday.AddHours(3)), Cast.Of(Sunday.AddDays(1)));
        other.Appointments.ShouldBe(one.Appointments);
        other.Threads.SelectMany(t => t.Messages).ShouldBe(one.Threads.SelectMany(t => t.Messages));
        foreach (var (a, b) in one.Patients.Zip(other.Patients))
            foreach (var (x, y) in one.StoryOf(a).Zip(other.StoryOf(b)))
                y.Json.AsSpan().SequenceEqual(x.Json).ShouldBeTrue();
        tomorrow.Patients.Select(p => p.Id).ShouldBe(one.Patients.Select(p => p.Id));
        tomorrow.Threads.Select(p => p.Id).ShouldBe(one.Threads.Select(p => p.Id));
        tomorrow.Patients[0].Medications.Select(m => m.Id).ShouldBe(one.Patients[0].Medications.Select(m => m.Id));
    }

    [Theory, MemberData(nameof(Week))]
    public void appointments_lie_inside_the_templates_and_do_not_overlap(DateTimeOffset now)
    {
        var cast = Cast.Of(now);
        CheckAppointments(cast, cast.Appointments, cast);
        cast.Appointments.ShouldContain(a => a.Date == cast.Today);
        var maria = cast.Appointments.Where(a => a.PatientId == cast.Patients[0].Id).ToList();
        maria.Count(a => a.State == CastVisitState.Booked && a.Date >= cast.Today.AddDays(2) && a.Date <= cast.Today.AddDays(4)).ShouldBe(1);
        maria.Count(a => a.State == CastVisitState.Fulfilled).ShouldBeGreaterThan(10);
        foreach (var state in Enum.GetValues<CastVisitState>()) cast.Appointments.ShouldContain(a => a.State == state);
    }

    [Fact]
    public void the_parts_of_a_large_clinic_fit_together()
    {
        var parts = Enumerable.Range(0, 4).Select(i => Cast.Part(Sunday, i * 250, 250, 1000, accounts: 16, longStories: 8)).ToList();
        parts[0].Providers.Count.ShouldBe(16);
        parts[1].Providers.ShouldBeEmpty();
        parts[1].Staff.ShouldBeEmpty();
        parts.SelectMany(p => p.Accounts).Count().ShouldBe(16);
        CheckAppointments(parts[0], [.. parts.SelectMany(p => p.Appointments)], parts[0]);
        var patients = parts.SelectMany(p => p.Patients).ToList();
        patients.Select(p => p.Id).Distinct().Count().ShouldBe(1000);
        var slim = parts[1].Patients[0];
        var story = parts[1].StoryOf(slim).CountBy(r => r.Type).ToDictionary();
        story["Observation"].ShouldBe(60);
        story["MedicationRequest"].ShouldBe(5);
        story.Values.Sum().ShouldBe(76);
        parts[1].Appointments.Count(a => a.PatientId == slim.Id).ShouldBe(6);
        parts[1].Threads.Where(t => t.PatientId == slim.Id).Sum(t => t.Messages.Count).ShouldBe(10);
        parts[0].StoryOf(parts[0].Patients[0]).Count(r => r.Type == "DiagnosticReport").ShouldBeGreaterThan(200);
    }

    [Fact]
    public void conversations_and_refills_come_in_every_state()
    {
        var cast = Cast.Of(Sunday);
        foreach (var state in Enum.GetValues<CastThreadState>()) cast.Threads.ShouldContain(t => t.State == state);
        foreach (var state in Enum.GetValues<CastRefillState>()) cast.Refills.ShouldContain(r => r.State == state);
        var medications = cast.Patients.SelectMany(p => p.Medications).ToDictionary(m => m.Id);
        cast.Refills.ShouldAllBe(r => medications.ContainsKey(r.MedicationId));
        cast.Threads.SelectMany(t => t.Messages).ShouldAllBe(m => m.At < cast.Now);
        medications.Values.ShouldContain(m => m.RefillsLeft == 0 && m.Status == "active");
        medications.Values.ShouldContain(m => m.ValidUntil < cast.Today && m.Status == "active");
        medications.Values.ShouldContain(m => m.Schedule == "CII");
        var lisinopril = cast.Patients[0].Medications[0];
        (lisinopril.RefillsLeft, lisinopril.RunsOut).ShouldBe((2, cast.Today.AddDays(5)));
    }

    static void CheckAppointments(Cast clinic, IReadOnlyList<CastAppointment> appointments, Cast told)
    {
        appointments.Select(a => a.Id).Distinct().Count().ShouldBe(appointments.Count);
        var providers = clinic.Providers.ToDictionary(p => p.Id);
        foreach (var a in appointments)
        {
            var end = a.Time.AddMinutes(a.Minutes);
            providers[a.ProviderId].Templates.ShouldContain(t => t.LocationId == a.LocationId && t.Weekdays.Contains(a.Date.DayOfWeek)
                && t.From <= a.Time && end <= t.To && !(t.LunchFrom < end && a.Time < t.LunchTo), $"{a}");
            (a.BookedAt < told.Now).ShouldBeTrue();
            if (a.State is CastVisitState.Fulfilled or CastVisitState.NoShow) (a.End < told.Now).ShouldBeTrue();
            (a.Start.DateTime - a.Date.ToDateTime(a.Time)).ShouldBe(TimeSpan.Zero);
        }
        foreach (var group in appointments.GroupBy(a => a.ProviderId))
        {
            var day = group.OrderBy(a => a.Start).ToList();
            for (var i = 1; i < day.Count; i++) (day[i - 1].End <= day[i].Start).ShouldBeTrue($"{day[i - 1]} and {day[i]}");
        }
    }
}
