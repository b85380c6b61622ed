using PatientPortal.Kernel.Access;
using PatientPortal.Scheduling.Domain;

namespace PatientPortal.Scheduling.Tests.ForPatients;

public class BookAppointmentTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task an_open_time_is_booked_and_no_longer_open()
    {
        var maria = await app.SignInAs("maria");
        var slot = (await maria.Slots("2026-12-07"))[0];

        var answer = await maria.Book(slot, "A cough that stays");

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        var booked = await answer.Json();
        answer.Headers.Location!.ToString().ShouldEndWith($"/appointments/{booked.Text("id")}");
        (booked.Text("start"), booked.Text("reason"), booked.Text("zone")).ShouldBe((slot.Text("start"), "A cough that stays", "America/New_York"));
        (await maria.Json(answer.Headers.Location.ToString())).Text("start").ShouldBe(slot.Text("start"));
        (await maria.Slots("2026-12-07")).ShouldNotContain(s => s.Text("id") == slot.Text("id"));
    }

    [Fact]
    public async Task a_booked_visit_has_its_reminders_planned()
    {
        var maria = await app.SignInAs("maria");
        var booked = await maria.Booked((await maria.Slots("2026-12-14"))[0]);
        var id = Guid.Parse(booked.Text("id"));
        var due = await app.Rows(db => db.Reminders.Where(r => r.AppointmentId == id).OrderBy(r => r.DueAt).Select(r => r.DueAt).ToListAsync(Clinic.Ct));
        var start = booked.GetProperty("start").GetDateTimeOffset();
        due.Select(d => Zones.Date(d, "America/New_York")).ShouldBe([DateOnly.FromDateTime(start.Date).AddDays(-3), DateOnly.FromDateTime(start.Date).AddDays(-1)]);
    }

    [Theory]
    [InlineData("", HttpStatusCode.BadRequest, "invalid")]
    [InlineData("nonsense", HttpStatusCode.BadRequest, "invalid")]
    [InlineData("AAAAAAAAAAAAAA", HttpStatusCode.UnprocessableEntity, "slot_not_offered")]
    public async Task a_slot_that_somebody_made_up_is_refused(string slot, HttpStatusCode status, string code) =>
        await (await (await app.SignInAs("maria")).Book(slot)).ShouldRefuse(status, code);

    [Fact]
    public async Task a_time_outside_the_hours_is_refused_though_its_id_is_well_formed()
    {
        var maria = await app.SignInAs("maria");
        SlotId.TryRead((await maria.Slots("2026-12-07"))[3].Text("id"), out var offered);
        await (await maria.Book(SlotId.Write(offered with { Start = offered.Start.AddMinutes(7) }))).ShouldRefuse(HttpStatusCode.UnprocessableEntity, "slot_not_offered");
        await (await maria.Book(SlotId.Write(offered with { Start = offered.Start.AddHours(12) }))).ShouldRefuse(HttpStatusCode.UnprocessableEntity, "slot_not_offered");
        await (await maria.Book(SlotId.Write(offered with { Provider = 999 }))).ShouldRefuse(HttpStatusCode.UnprocessableEntity, "slot_not_offered");
    }

    [Fact]
    public async Task a_reason_is_asked_for()
    {
        var maria = await app.SignInAs("maria");
        var answer = await maria.Book((await maria.Slots("2026-12-07"))[5], reason: " ");
        await answer.ShouldRefuse(HttpStatusCode.BadRequest, "invalid");
        (await answer.Json()).GetProperty("errors").GetProperty("reason").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task R9_a_patient_has_no_two_visits_at_once()
    {
        var maria = await app.SignInAs("maria");
        var first = (await maria.Slots("2026-12-21"))[2];
        await maria.Booked(first);
        var same = (await maria.Slots("2026-12-21", provider: "Dr. Samuel Okonkwo")).First(s => s.Text("start") == first.Text("start"));
        var answer = await maria.Book(same);
        await answer.ShouldRefuse(HttpStatusCode.UnprocessableEntity, "overlaps_own_visit");
        (await answer.Json()).Text("nextStep").ShouldNotBeEmpty();
    }

    [Fact]
    public async Task R3_the_same_key_twice_books_once_and_gives_the_same_answer()
    {
        var maria = await app.SignInAs("maria");
        var slot = (await maria.Slots("2027-01-04"))[0];
        var (first, second) = (await maria.Book(slot, key: "one-key"), await maria.Book(slot, key: "one-key"));
        (first.StatusCode, second.StatusCode).ShouldBe((HttpStatusCode.Created, HttpStatusCode.Created));
        (await second.Content.ReadAsStringAsync(Clinic.Ct)).ShouldBe(await first.Content.ReadAsStringAsync(Clinic.Ct));
        await (await maria.Book(slot, "Another reason", key: "one-key")).ShouldRefuse(HttpStatusCode.UnprocessableEntity, "idempotency_key_reused");
    }

    [Fact]
    public async Task R3_the_same_key_at_once_books_once()
    {
        var maria = await app.SignInAs("maria");
        var slot = (await maria.Slots("2027-01-04"))[4];
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => maria.Book(slot, key: "key-at-once")));
        answers.ShouldAllBe(a => a.StatusCode == HttpStatusCode.Created);
        (await Task.WhenAll(answers.Select(a => a.Json()))).Select(a => a.Text("id")).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task a_time_that_the_same_person_already_has_is_taken()
    {
        var maria = await app.SignInAs("maria");
        var slot = (await maria.Slots("2027-01-04"))[9];
        await maria.Booked(slot);
        var answer = await maria.Book(slot);
        await answer.ShouldRefuse(HttpStatusCode.Conflict, "slot_taken");
        (await answer.Json()).GetProperty("alternatives").GetArrayLength().ShouldBe(3);
    }

    [Fact]
    public async Task somebody_elses_chart_cannot_be_booked_for()
    {
        var james = await app.SignInAs("james");
        var maria = await PortalApp.OwnChart(await app.SignInAs("maria"));
        await (await james.Book((await james.Slots("2026-12-07"))[8], patient: maria.ToString())).ShouldRefuse(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task R1_thirty_two_people_race_for_one_slot_fifty_times_and_one_wins_each_time()
    {
        await using var race = await PortalApp.New(services => services.AddScoped<IPatientDoor, Clinic.OpenDoor>(), ("Scheduling:MostUpcomingVisits", "1000"), ("Scheduling:MostVisitsADay", "1000"));
        var client = await race.SignInAs("maria");
        var people = await race.Rows(db => db.KnownPatients.OrderBy(p => p.Id).Select(p => p.Id).Take(32).ToListAsync(Clinic.Ct));
        var slots = (await client.Slots("2027-02-01")).Concat(await client.Slots("2027-02-08")).Take(50).ToList();
        slots.Count.ShouldBe(50);

        foreach (var slot in slots)
        {
            var answers = await Task.WhenAll(people.Select(p => client.Book(slot, patient: p.ToString())));
            answers.Count(a => a.StatusCode is HttpStatusCode.Created).ShouldBe(1);
            foreach (var lost in answers.Where(a => a.StatusCode is not HttpStatusCode.Created))
            {
                await lost.ShouldRefuse(HttpStatusCode.Conflict, "slot_taken");
                (await lost.Json()).GetProperty("alternatives").EnumerateArray().Select(s => s.Text("id")).Distinct().Count().ShouldBe(3);
            }
        }
        (await race.Rows(db => db.Appointments.Where(a => a.HoldsTime).GroupBy(a => new { a.ProviderId, a.StartsAt }).CountAsync(g => g.Count() > 1, Clinic.Ct))).ShouldBe(0);
    }

    [Fact]
    public async Task of_many_bookings_at_once_none_slips_past_the_limits()
    {
        await using var race = await PortalApp.New(settings: [("Scheduling:MostUpcomingVisits", "1000"), ("Scheduling:MostVisitsADay", "2")]);
        var maria = await race.SignInAs("maria");
        var days = (await maria.Slots("2027-02-01")).GroupBy(s => s.GetProperty("start").GetDateTimeOffset().Date).Where(d => d.Count() >= 8).ToList();
        days.Count.ShouldBeGreaterThan(2);

        foreach (var day in days)
        {
            var answers = await Task.WhenAll(day.Take(8).Select(slot => maria.Book(slot)));
            answers.Count(a => a.StatusCode is HttpStatusCode.Created).ShouldBe(2);
            foreach (var refused in answers.Where(a => a.StatusCode is not HttpStatusCode.Created))
                await refused.ShouldRefuse(HttpStatusCode.UnprocessableEntity, "too_many_visits_that_day");
        }
    }

    [Fact]
    public async Task the_page_books_and_shows_the_visit()
    {
        var maria = await app.SignInAs("maria");
        var slot = (await maria.Slots("2027-01-11"))[0];
        var type = slot.GetProperty("visitType").Text("id");
        using var page = await maria.GetAsync($"/visits/book/{type}/{slot.Text("id")}", Clinic.Ct);
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await page.Content.ReadAsStringAsync(Clinic.Ct)).ShouldContain("What is this visit about?");
    }

    [Fact]
    public async Task R29_what_a_proxy_books_moves_and_cancels_says_who_and_for_whom_to_patient_and_staff()
    {
        await using var own = await PortalApp.New();
        var (maria, james, nurse) = (await own.SignInAs("maria"), await own.SignInAs("james"), await own.SignInAs("nurse"));
        var chart = (await PortalApp.OwnChart(maria)).ToString();
        await Befriend(own, james, chart);
        var slots = await maria.Slots("2026-12-07");

        var booked = await (await james.Book(slots[8], patient: chart)).Json();
        var id = booked.Text("id");
        (await james.Move(id, slots[20].Text("id"), chart)).StatusCode.ShouldBe(HttpStatusCode.OK);
        Actor(await maria.Json($"{Clinic.Mine}/{id}"), "bookedBy").ShouldBe(("James Carter", "friend"));
        Actor(await maria.Json($"{Clinic.Mine}/{id}"), "movedBy").ShouldBe(("James Carter", "friend"));
        // Nobody mistakes one for the other, in a list or on a page.
        Actor((await maria.Json($"{Clinic.Mine}?status=upcoming&limit=100")).Items().Single(v => v.Text("id") == id), "bookedBy").ShouldBe(("James Carter", "friend"));
        (await maria.GetStringAsync($"/visits/{id}", Clinic.Ct)).ShouldContain("James Carter (friend)");
        Actor(await nurse.Json($"/api/v1/staff/appointments/{id}"), "movedBy").ShouldBe(("James Carter", "friend"));
        (await nurse.GetStringAsync($"/staff/schedule/{id}", Clinic.Ct)).ShouldContain("James Carter (friend) for Maria Alvarez");

        (await james.Cancel(id, patient: chart)).StatusCode.ShouldBe(HttpStatusCode.OK);
        Actor(await maria.Json($"{Clinic.Mine}/{id}"), "cancelledBy").ShouldBe(("James Carter", "friend"));

        // What she does herself is hers, and what the clinic cancels is nobody's at home.
        var hers = (await maria.Booked(slots[20])).Text("id");
        Actor(await nurse.Json($"/api/v1/staff/appointments/{hers}"), "bookedBy").ShouldBe(("Maria Alvarez", "self"));
        (await nurse.GetStringAsync($"/staff/schedule/{hers}", Clinic.Ct)).ShouldNotContain("Booked by");
        (await nurse.PostAsJsonAsync($"/api/v1/staff/appointments/{hers}/cancel", new { reason = "The doctor is away" }, Clinic.Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var gone = await maria.Json($"{Clinic.Mine}/{hers}");
        (gone.GetProperty("cancelledByStaff").GetBoolean(), gone.GetProperty("cancelledBy").ValueKind).ShouldBe((true, JsonValueKind.Null));
    }

    [Fact]
    public async Task R29_who_acted_is_kept_as_they_were_then()
    {
        await using var own = await PortalApp.New();
        var (maria, james) = (await own.SignInAs("maria"), await own.SignInAs("james"));
        var chart = (await PortalApp.OwnChart(maria)).ToString();
        await Befriend(own, james, chart);
        var id = (await (await james.Book((await maria.Slots("2026-12-07"))[8], patient: chart)).Json()).Text("id");
        await own.Database.Execute("DELETE FROM identity_grants WHERE patient_id = @chart AND relation = 'friend'", Clinic.Ct, ("chart", Guid.Parse(chart)));
        Actor(await maria.Json($"{Clinic.Mine}/{id}"), "bookedBy").ShouldBe(("James Carter", "friend"));
        (await own.Rows(db => db.Appointments.AsNoTracking().SingleAsync(a => a.Id == Guid.Parse(id), Clinic.Ct))).BookedBy!.AccountId
            .ShouldBe((await james.Json("/api/v1/me")).GetProperty("userId").GetGuid());
    }

    static (string, string) Actor(JsonElement visit, string what) => (visit.GetProperty(what).Text("name"), visit.GetProperty(what).Text("relation"));

    /// <summary>James may see and book her visits.</summary>
    static async Task Befriend(PortalApp app, HttpClient james, string chart) => await app.Database.Execute("""
        INSERT INTO identity_grants (id, patient_id, account_id, relation, scopes, starts_at, ends_at, version)
        VALUES (@id, @patient, @account, 'friend', 'appointments', @start, NULL, 0)
        """, Clinic.Ct, ("id", Guid.CreateVersion7()), ("patient", Guid.Parse(chart)), ("account", (await james.Json("/api/v1/me")).GetProperty("userId").GetGuid()),
        ("start", PatientPortal.Kernel.Data.Instants.Write(app.Clock.GetUtcNow().AddDays(-1))));
}
