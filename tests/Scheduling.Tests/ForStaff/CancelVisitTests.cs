namespace PatientPortal.Scheduling.Tests.ForStaff;

public class CancelVisitTests(PortalApp app) : IClassFixture<PortalApp>
{
    static Task<HttpResponseMessage> Cancel(HttpClient desk, string id) =>
        desk.PostAsJsonAsync($"/api/v1/staff/appointments/{id}/cancel", new { reason = "The clinician is ill" }, Clinic.Ct);

    [Fact]
    public async Task the_clinic_cancels_and_the_patient_reads_why()
    {
        var maria = await app.SignInAs("maria");
        var booked = await maria.Booked((await maria.Slots("2026-12-07"))[0]);

        (await Cancel(await app.SignInAs("frontdesk"), booked.Text("id"))).StatusCode.ShouldBe(HttpStatusCode.OK);

        var visit = await maria.Json($"{Clinic.Mine}/{booked.Text("id")}");
        (visit.Text("status"), visit.Text("cancelReason"), visit.GetProperty("cancelledByStaff").GetBoolean()).ShouldBe(("cancelled", "The clinician is ill", true));
    }

    [Fact]
    public async Task what_is_cancelled_already_stays_as_it_is()
    {
        var maria = await app.SignInAs("maria");
        var booked = await maria.Booked((await maria.Slots("2026-12-14"))[0]);
        await maria.Cancel(booked.Text("id"));
        await (await Cancel(await app.SignInAs("frontdesk"), booked.Text("id"))).ShouldRefuse(HttpStatusCode.Conflict, "not_changeable");
    }

    [Fact]
    public async Task a_patient_may_not()
    {
        var maria = await app.SignInAs("maria");
        var id = (await maria.Json(Clinic.Mine)).Items().First().Text("id");
        (await Cancel(maria, id)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
