using System.Net;
using System.Net.Http.Json;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Pharmacy.Tests.ForStaff;

public sealed class DecideRefillTests(PortalApp app) : IClassFixture<PortalApp>
{
    static string Route(Guid refill, string what) => $"/api/v1/staff/refill-requests/{refill}/{what}";

    [Fact]
    public async Task an_approved_request_goes_its_way_until_it_is_ready()
    {
        var (maria, pharmacist) = (await app.SignInAs("maria"), await app.SignInAs("pharmacist"));
        var refill = await app.AskedRefill(maria);
        foreach (var step in new[] { "review", "approve", "ready" }) (await pharmacist.PostAsJsonAsync(Route(refill, step), new { })).StatusCode.ShouldBe(HttpStatusCode.OK, step);
        var seen = await maria.Json($"/api/v1/patients/me/refill-requests/{refill}");
        seen.GetProperty("steps").EnumerateArray().Select(s => s.Text("status")).ShouldBe(["requested", "in_review", "approved", "ready"]);
        seen.GetProperty("steps").EnumerateArray().Last().Text("by").ShouldBe("Leila Haddad, PharmD");
    }

    [Fact]
    public async Task a_denial_needs_a_reason_and_a_next_step_and_both_reach_the_patient()
    {
        var (maria, nurse) = (await app.SignInAs("maria"), await app.SignInAs("pharmacist"));
        var refill = await app.AskedRefill(maria);
        var bare = await nurse.PostAsJsonAsync(Route(refill, "deny"), new { reason = "We would like to see you first." });
        bare.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Prescriptions.Json(bare)).GetProperty("errors").TryGetProperty("nextStep", out _).ShouldBeTrue();

        (await nurse.PostAsJsonAsync(Route(refill, "deny"), new { reason = "We would like to see you first.", nextStep = "Please book a visit this month." })).StatusCode.ShouldBe(HttpStatusCode.OK);
        var seen = await maria.Json($"/api/v1/patients/me/refill-requests/{refill}");
        (seen.Text("status"), seen.Text("reason"), seen.Text("nextStep")).ShouldBe(("denied", "We would like to see you first.", "Please book a visit this month."));
    }

    [Fact]
    public async Task after_a_denial_the_patient_may_ask_again()
    {
        var (maria, pharmacist) = (await app.SignInAs("maria"), await app.SignInAs("pharmacist"));
        var refill = await app.AskedRefill(maria);
        await pharmacist.PostAsJsonAsync(Route(refill, "deny"), new { reason = "Too soon after the last one.", nextStep = "Ask again next week." });
        var medication = (await maria.Json($"/api/v1/patients/me/refill-requests/{refill}")).Text("medication");
        (await maria.PostAsJsonAsync($"/api/v1/patients/me/medications/{medication}/refill-requests", new { })).StatusCode.ShouldBe(HttpStatusCode.Created);
    }

    [Fact]
    public async Task of_two_who_decide_at_once_one_wins()
    {
        var (maria, pharmacist, doctor) = (await app.SignInAs("maria"), await app.SignInAs("pharmacist"), await app.SignInAs("drlee"));
        for (var round = 0; round < 8; round++)
        {
            var refill = await app.AskedRefill(maria);
            var answers = await Task.WhenAll(
                pharmacist.PostAsJsonAsync(Route(refill, "approve"), new { }),
                doctor.PostAsJsonAsync(Route(refill, "deny"), new { reason = "We would like to see you first.", nextStep = "Please book a visit." }));
            answers.Select(a => a.StatusCode).Order().ShouldBe([HttpStatusCode.OK, HttpStatusCode.Conflict]);
            var won = await Prescriptions.Json(answers.Single(a => a.StatusCode is HttpStatusCode.OK));
            var lost = await Prescriptions.Json(answers.Single(a => a.StatusCode is HttpStatusCode.Conflict));
            lost.Text("code").ShouldBe("already_decided");
            lost.GetProperty("alternatives")[0].Text("status").ShouldBe(won.Text("status"));
            (await maria.Json($"/api/v1/patients/me/refill-requests/{refill}")).Text("status").ShouldBe(won.Text("status"));
        }
    }

    [Fact]
    public async Task a_medication_that_was_stopped_in_between_is_not_approved()
    {
        var (maria, pharmacist) = (await app.SignInAs("maria"), await app.SignInAs("pharmacist"));
        var source = $"stops-{Guid.CreateVersion7():N}";
        var refill = await app.AskedRefill(maria, source);
        await app.Arrive(source, await PortalApp.OwnChart(maria), "stopped");
        var answer = await pharmacist.PostAsJsonAsync(Route(refill, "approve"), new { });
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Prescriptions.Json(answer)).Text("code").ShouldBe("stopped");
        (await maria.Json($"/api/v1/patients/me/refill-requests/{refill}")).Text("status").ShouldBe("requested");
    }

    [Fact]
    public async Task what_is_not_approved_cannot_become_ready()
    {
        var refill = await app.AskedRefill(await app.SignInAs("maria"));
        (await (await app.SignInAs("pharmacist")).PostAsJsonAsync(Route(refill, "ready"), new { })).StatusCode.ShouldBe(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task the_decider_sees_the_medication_as_it_is_today()
    {
        var refill = await app.AskedRefill(await app.SignInAs("maria"));
        var seen = await (await app.SignInAs("pharmacist")).Json($"/api/v1/staff/refill-requests/{refill}");
        seen.Text("patientName").ShouldBe("Maria Alvarez");
        seen.GetProperty("medication").GetProperty("request").Text("may").ShouldBe("refill");
    }

    [Fact]
    public async Task an_unknown_request_is_not_found_and_a_patient_decides_nothing()
    {
        (await (await app.SignInAs("pharmacist")).PostAsJsonAsync(Route(Guid.CreateVersion7(), "approve"), new { })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var maria = await app.SignInAs("maria");
        (await maria.PostAsJsonAsync(Route(await app.AskedRefill(maria), "approve"), new { })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
