using static PatientPortal.Records.Tests.Charts;

namespace PatientPortal.Records.Tests.ForStaff;

public class ReleaseResultTests(PortalApp app)
{
    [Fact]
    public async Task a_released_result_is_there_at_once_and_new()
    {
        var (doctor, james, source, name) = (await app.SignInAs("drlee"), await app.SignInAs("james"), Fresh("ehr"), Fresh("Held"));
        await app.Arrives(await app.ChartOf("james"), source, Observation(Fresh(), name: name));
        var id = await app.Rows(db => db.Results.Where(r => r.Source == source).Select(r => r.Id).SingleAsync(Ct));
        await (await doctor.PostAsJsonAsync($"/api/v1/staff/results/{id}/release", new { reason = "x" }, Ct)).ShouldRefuse(HttpStatusCode.UnprocessableEntity, "not_held");
        (await doctor.PostAsJsonAsync($"/api/v1/staff/results/{id}/hold", new { reason = "Told in person", until = new DateTimeOffset(2026, 11, 26, 0, 0, 0, TimeSpan.Zero) }, Ct)).EnsureSuccessStatusCode();
        await (await doctor.PostAsJsonAsync($"/api/v1/staff/results/{id}/release", new { reason = "" }, Ct)).ShouldRefuse(HttpStatusCode.BadRequest, "invalid");
        (await doctor.PostAsJsonAsync($"/api/v1/staff/results/{id}/release", new { reason = "Spoke with him" }, Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await james.Json("/api/v1/patients/me/results?limit=100")).Items().First(i => i.Text("name") == name).GetProperty("isNew").GetBoolean().ShouldBeTrue();
        var hold = await app.Rows(db => db.Holds.SingleAsync(h => h.ResultId == id, Ct));
        (hold.EndReason, hold.EndedBy).ShouldBe(("Spoke with him", "Dr. Hannah Lee"));
    }

    [Fact]
    public async Task what_is_not_there_and_who_may_not()
    {
        (await (await app.SignInAs("drlee")).PostAsJsonAsync($"/api/v1/staff/results/{Guid.CreateVersion7()}/release", new { reason = "x" }, Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await app.SignInAs("maria")).PostAsJsonAsync($"/api/v1/staff/results/{Guid.CreateVersion7()}/release", new { reason = "x" }, Ct)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
