namespace PatientPortal.Scheduling.Tests.ForPatients;

public class SeeAppointmentTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task everything_about_a_visit_is_said_in_the_clinics_time()
    {
        var maria = await app.SignInAs("maria");
        var listed = (await maria.Json($"{Clinic.Mine}?status=upcoming")).Items().First();
        using var answer = await maria.GetAsync($"{Clinic.Mine}/{listed.Text("id")}", Clinic.Ct);
        var visit = await answer.Json();
        answer.Headers.ETag!.Tag.ShouldBe($"\"{visit.GetProperty("version").GetInt32()}\"");
        visit.GetProperty("visitType").Text("name").ShouldBe("Follow-up visit");
        visit.GetProperty("provider").Text("name").ShouldBe("Dr. Hannah Lee");
        visit.GetProperty("location").Text("phone").ShouldBe("+1 212 555 0100");
        visit.Text("start").ShouldEndWith("-05:00");
        visit.TryGetProperty("patient", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task R10_a_new_length_of_its_kind_of_visit_does_not_resize_it_and_is_seen_by_the_next_request()
    {
        await using var own = await PortalApp.New();
        var maria = await own.SignInAs("maria");
        var listed = (await maria.Json($"{Clinic.Mine}?status=upcoming")).Items().First();
        await own.Rows(async db =>
        {
            var type = await db.VisitTypes.SingleAsync(v => v.Name == "Follow-up visit", Clinic.Ct);
            type.Minutes = 45;
            await db.Save(Clinic.Ct);
            return true;
        });
        var visit = await maria.Json($"{Clinic.Mine}/{listed.Text("id")}");
        (visit.GetProperty("end").GetDateTimeOffset() - visit.GetProperty("start").GetDateTimeOffset()).ShouldBe(TimeSpan.FromMinutes(30));
        var slot = (await maria.Slots("2026-12-07"))[0];
        (slot.GetProperty("end").GetDateTimeOffset() - slot.GetProperty("start").GetDateTimeOffset()).ShouldBe(TimeSpan.FromMinutes(45));
    }

    [Fact]
    public async Task somebody_elses_visit_and_an_unknown_one_are_the_same_nothing()
    {
        var maria = await app.SignInAs("maria");
        var mine = (await maria.Json(Clinic.Mine)).Items().First().Text("id");
        var aisha = await app.SignInAs("aisha");
        await (await aisha.GetAsync($"{Clinic.Mine}/{mine}", Clinic.Ct)).ShouldRefuse(HttpStatusCode.NotFound, "not_found");
        await (await aisha.GetAsync($"{Clinic.Mine}/{Guid.Empty}", Clinic.Ct)).ShouldRefuse(HttpStatusCode.NotFound, "not_found");
        (await aisha.GetAsync($"/visits/{mine}", Clinic.Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task the_page_offers_to_move_and_to_cancel()
    {
        var maria = await app.SignInAs("maria");
        var id = (await maria.Json($"{Clinic.Mine}?status=upcoming")).Items().First().Text("id");
        var page = await maria.GetStringAsync($"/visits/{id}", Clinic.Ct);
        page.ShouldContain("Move to another time");
        page.ShouldContain("Yes, cancel this visit");
    }

    [Fact]
    public async Task the_home_page_names_the_next_visit()
    {
        var maria = await app.SignInAs("maria");
        var next = (await maria.Json($"{Clinic.Mine}?status=upcoming")).Items().First();
        (await maria.Json("/api/v1/patients/me/home")).GetProperty("nextAppointment").Text("id").ShouldBe(next.Text("id"));
        (await maria.GetStringAsync("/", Clinic.Ct)).ShouldContain("Your next visit");
    }
}
