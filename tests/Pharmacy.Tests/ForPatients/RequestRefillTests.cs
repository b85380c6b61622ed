using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Pharmacy.Tests.ForPatients;

public sealed class RequestRefillTests(PortalApp app) : IClassFixture<PortalApp>
{
    static string Route(Guid medication, string patient = "me") => $"/api/v1/patients/{patient}/medications/{medication}/refill-requests";

    [Fact]
    public async Task a_patient_asks_and_finds_the_request_in_the_list()
    {
        var maria = await app.SignInAs("maria");
        var medication = await app.Prescribe(await PortalApp.OwnChart(maria));
        var answer = await maria.PostAsJsonAsync(Route(medication), new { note = "Three days left." });
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        var asked = await Prescriptions.Json(answer);
        (asked.Text("status"), asked.Text("kind"), asked.Text("note"), asked.Text("expectedOn")).ShouldBe(("requested", "refill", "Three days left.", "2026-11-25"));
        asked.GetProperty("pharmacy").ValueKind.ShouldBe(JsonValueKind.String, "the pharmacy of her last request is kept");

        var read = await maria.GetAsync(answer.Headers.Location);
        read.StatusCode.ShouldBe(HttpStatusCode.OK);
        var list = await maria.Json("/api/v1/patients/me/refill-requests?limit=100");
        list.GetProperty("items").EnumerateArray().Select(i => i.Text("id")).ShouldContain(asked.Text("id"));
        (await maria.Json($"/api/v1/patients/me/medications/{medication}")).GetProperty("request").Text("openRequest").ShouldBe(asked.Text("id"));
    }

    [Fact]
    public async Task a_second_request_shows_the_first()
    {
        var maria = await app.SignInAs("maria");
        var medication = await app.Prescribe(await PortalApp.OwnChart(maria));
        var first = await Prescriptions.Json(await maria.PostAsJsonAsync(Route(medication), new { }));
        var second = await maria.PostAsJsonAsync(Route(medication), new { });
        second.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        var problem = await Prescriptions.Json(second);
        problem.Text("code").ShouldBe("already_requested");
        problem.GetProperty("alternatives")[0].Text("id").ShouldBe(first.Text("id"));
    }

    [Fact]
    public async Task of_sixteen_that_come_at_once_one_is_kept()
    {
        var maria = await app.SignInAs("maria");
        var medication = await app.Prescribe(await PortalApp.OwnChart(maria));
        var answers = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => maria.PostAsJsonAsync(Route(medication), new { })));
        answers.Count(a => a.StatusCode is HttpStatusCode.Created).ShouldBe(1);
        answers.Count(a => a.StatusCode is HttpStatusCode.Conflict).ShouldBe(15);
        var kept = await Prescriptions.Json(answers.Single(a => a.StatusCode is HttpStatusCode.Created));
        foreach (var lost in answers.Where(a => a.StatusCode is HttpStatusCode.Conflict))
            (await Prescriptions.Json(lost)).GetProperty("alternatives")[0].Text("id").ShouldBe(kept.Text("id"));
    }

    [Fact]
    public async Task the_same_key_gives_the_same_request()
    {
        var maria = await app.SignInAs("maria");
        var medication = await app.Prescribe(await PortalApp.OwnChart(maria));
        async Task<HttpResponseMessage> Send()
        {
            var message = new HttpRequestMessage(HttpMethod.Post, Route(medication)) { Content = JsonContent.Create(new { note = "Once" }) };
            message.Headers.Add("Idempotency-Key", $"key-{medication:N}");
            return await maria.SendAsync(message);
        }
        var (first, again) = (await Send(), await Send());
        again.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await Prescriptions.Json(again)).Text("id").ShouldBe((await Prescriptions.Json(first)).Text("id"));
    }

    [Theory]
    [InlineData("stopped", "Lisinopril", 5, 60, 25, "stopped")]
    [InlineData("on-hold", "Lisinopril", 5, 60, 25, "on_hold")]
    [InlineData("active", "Oxycodone 5 MG Oral Tablet", 0, 20, 20, "controlled")]
    [InlineData("active", "Lisinopril", 5, 60, 2, "too_early")]
    [InlineData("active", "Lisinopril", 5, 500, 40, "ended_long_ago")]
    public async Task what_the_gates_refuse_says_why_and_what_to_do(string status, string name, int repeats, int writtenDaysAgo, int filledDaysAgo, string code)
    {
        var maria = await app.SignInAs("maria");
        var medication = await app.Prescribe(await PortalApp.OwnChart(maria), name, status, repeats, writtenDaysAgo, filledDaysAgo);
        var answer = await maria.PostAsJsonAsync(Route(medication), new { });
        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        var problem = await Prescriptions.Json(answer);
        problem.Text("code").ShouldBe(code);
        problem.Text("nextStep")!.Length.ShouldBeGreaterThan(10);
    }

    [Fact]
    public async Task without_refills_left_it_is_a_renewal()
    {
        var maria = await app.SignInAs("maria");
        var medication = await app.Prescribe(await PortalApp.OwnChart(maria), repeats: 0);
        (await Prescriptions.Json(await maria.PostAsJsonAsync(Route(medication), new { }))).Text("kind").ShouldBe("renewal");
    }

    [Fact]
    public async Task a_note_that_is_too_long_and_a_pharmacy_that_is_not_there_are_invalid()
    {
        var maria = await app.SignInAs("maria");
        var medication = await app.Prescribe(await PortalApp.OwnChart(maria));
        (await maria.PostAsJsonAsync(Route(medication), new { note = new string('a', 501) })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await maria.PostAsJsonAsync(Route(medication), new { pharmacy = Guid.CreateVersion7() })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task a_proxy_asks_for_the_child_and_the_request_says_so()
    {
        var james = await app.SignInAs("james");
        var child = (await james.Json("/api/v1/me")).GetProperty("patients").EnumerateArray().First(p => p.Text("relation") is not "self");
        var medication = await app.Prescribe(child.GetProperty("id").GetGuid());
        var asked = await Prescriptions.Json(await james.PostAsJsonAsync(Route(medication, child.Text("id")!), new { }));
        asked.Text("askedBy").ShouldNotBe(child.Text("name"));
    }

    [Fact]
    public async Task somebody_elses_medication_is_not_found()
    {
        var (maria, aisha) = (await app.SignInAs("maria"), await app.SignInAs("aisha"));
        var hers = await app.Prescribe(await PortalApp.OwnChart(maria));
        (await aisha.PostAsJsonAsync(Route(hers), new { })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await aisha.PostAsJsonAsync(Route(hers, (await PortalApp.OwnChart(maria)).ToString()), new { })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task the_form_knows_the_pharmacies()
    {
        var maria = await app.SignInAs("maria");
        var medication = await app.Prescribe(await PortalApp.OwnChart(maria));
        var choices = await maria.Json($"/api/v1/patients/me/medications/{medication}/refill-choices");
        choices.GetProperty("pharmacies").GetArrayLength().ShouldBeGreaterThan(0);
        choices.GetProperty("medication").GetProperty("request").Text("may").ShouldBe("refill");
    }
}
