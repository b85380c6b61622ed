namespace PatientPortal.Scheduling.Tests.ForPatients;

public class CancelAppointmentTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task a_cancelled_time_is_open_again_and_its_reminders_are_gone()
    {
        var maria = await app.SignInAs("maria");
        var slot = (await maria.Slots("2026-12-07"))[0];
        var booked = await maria.Booked(slot);

        var answer = await maria.Cancel(booked.Text("id"), "I am travelling");

        var cancelled = await answer.Json();
        (cancelled.Text("status"), cancelled.Text("cancelReason")).ShouldBe(("cancelled", "I am travelling"));
        (await maria.Slots("2026-12-07")).ShouldContain(s => s.Text("id") == slot.Text("id"));
        var id = Guid.Parse(booked.Text("id"));
        (await app.Rows(db => db.Reminders.CountAsync(r => r.AppointmentId == id, Clinic.Ct))).ShouldBe(0);
        await maria.Booked(slot);
    }

    [Fact]
    public async Task R13_after_the_cut_off_the_clinics_phone_is_given_and_the_visit_stands()
    {
        await using var own = await PortalApp.New();
        var maria = await own.SignInAs("maria");
        var booked = await maria.Booked((await maria.Slots("2026-12-07"))[0]);
        own.Clock.Set(booked.GetProperty("start").GetDateTimeOffset().AddMinutes(-119));
        maria = await own.SignInAs("maria", fresh: true);

        var answer = await maria.Cancel(booked.Text("id"));

        await answer.ShouldRefuse(HttpStatusCode.UnprocessableEntity, "too_late_to_change");
        (await answer.Json()).Text("nextStep").ShouldContain("+1 212 555 0100");
        (await maria.Json($"{Clinic.Mine}/{booked.Text("id")}")).Text("status").ShouldBe("booked");
    }

    [Fact]
    public async Task what_is_cancelled_cannot_be_cancelled_again()
    {
        var maria = await app.SignInAs("maria");
        var booked = await maria.Booked((await maria.Slots("2026-12-14"))[0]);
        (await maria.Cancel(booked.Text("id"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await maria.Cancel(booked.Text("id"))).ShouldRefuse(HttpStatusCode.Conflict, "not_changeable");
    }

    [Fact]
    public async Task who_saw_an_older_state_is_told_so()
    {
        var maria = await app.SignInAs("maria");
        var booked = await maria.Booked((await maria.Slots("2026-12-21"))[0]);
        using var ask = new HttpRequestMessage(HttpMethod.Post, $"{Clinic.Mine}/{booked.Text("id")}/cancel") { Content = JsonContent.Create(new { reason = "x" }) };
        ask.Headers.TryAddWithoutValidation("If-Match", "\"41\"");
        await (await maria.SendAsync(ask, Clinic.Ct)).ShouldRefuse(HttpStatusCode.PreconditionFailed, "stale");
    }

    [Fact]
    public async Task somebody_elses_visit_is_not_found()
    {
        var maria = await app.SignInAs("maria");
        var booked = await maria.Booked((await maria.Slots("2026-12-28"))[0]);
        var aisha = await app.SignInAs("aisha");
        await (await aisha.Cancel(booked.Text("id"))).ShouldRefuse(HttpStatusCode.NotFound, "not_found");
        (await maria.Json($"{Clinic.Mine}/{booked.Text("id")}")).Text("status").ShouldBe("booked");
    }
}
