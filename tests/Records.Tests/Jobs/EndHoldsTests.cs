using static PatientPortal.Records.Tests.Charts;

namespace PatientPortal.Records.Tests.Jobs;

public class EndHoldsTests
{
    [Fact]
    public async Task the_patient_is_told_once_when_a_hold_is_over()
    {
        await using var app = await PortalApp.New();
        var (doctor, source) = (await app.SignInAs("drlee"), Fresh("ehr"));
        await app.Arrives(await app.ChartOf("james"), source, Observation(Fresh()));
        var id = await app.Rows(db => db.Results.Where(r => r.Source == source).Select(r => r.Id).SingleAsync(Ct));
        (await doctor.PostAsJsonAsync($"/api/v1/staff/results/{id}/hold", new { reason = "Told in person", until = app.Clock.GetUtcNow().AddDays(1) }, Ct)).EnsureSuccessStatusCode();
        (await app.RunJob("end-holds")).ShouldBe("No hold was over.");
        app.Clock.Advance(TimeSpan.FromDays(1));
        (await app.RunJob("end-holds")).ShouldBe("1 holds were over; 1 patients are told.");
        (await app.RunJob("end-holds")).ShouldBe("No hold was over.");
        (await app.Rows(db => db.Results.SingleAsync(r => r.Id == id, Ct))).NewSince.ShouldBe(app.Clock.GetUtcNow());
    }
}
