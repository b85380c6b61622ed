using static PatientPortal.Records.Tests.Charts;

namespace PatientPortal.Records.Tests.ForPatients;

public class FollowTrendTests(PortalApp app)
{
    const string Mine = "/api/v1/patients/me/results/trend";

    [Fact]
    public async Task points_come_newest_first_with_value_unit_range_and_flag()
    {
        var trend = await (await app.SignInAs("maria")).Json(Mine + "?code=4548-4");
        var points = trend.GetProperty("points").EnumerateArray().ToList();
        trend.Text("name").ShouldBe("Hemoglobin A1c");
        points.Count.ShouldBeGreaterThan(2);
        points.Select(p => p.GetProperty("at").GetDateTimeOffset()).ShouldBeInOrder(SortDirection.Descending);
        points.ShouldAllBe(p => p.Text("unit") == "%" && p.GetProperty("range").ValueKind == JsonValueKind.Object);
    }

    [Fact]
    public async Task words_and_bounds_are_kept_as_they_came_and_a_value_that_two_reports_name_counts_once()
    {
        var (james, code, source, one) = (await app.SignInAs("james"), Fresh("c"), Fresh("ehr"), Fresh("one"));
        await app.Arrives(await app.ChartOf("james"), source, Report(Fresh(), [one]), Report(Fresh(), [one]), Observation(one, code: code),
            Observation(Fresh(), code: code, at: "2026-10-01T08:00:00Z", value: "\"valueString\":\"hemolyzed\""),
            Observation(Fresh(), code: code, at: "2026-09-01T08:00:00Z", value: "\"valueQuantity\":{\"value\":2,\"comparator\":\"<\",\"unit\":\"mmol/L\"}"));
        var points = (await james.Json($"{Mine}?code={code}")).GetProperty("points").EnumerateArray().ToList();
        points.Select(p => p.Text("text")).ShouldBe(["5.1 mmol/L", "hemolyzed", "<2 mmol/L"]);
    }

    [Fact]
    public async Task a_code_is_asked_for_and_an_unknown_one_has_no_points()
    {
        var maria = await app.SignInAs("maria");
        await (await maria.GetAsync(Mine, Ct)).ShouldRefuse(HttpStatusCode.BadRequest, "invalid");
        (await maria.Json(Mine + "?code=0000-0")).GetProperty("points").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task somebody_elses_trend_is_not_found() =>
        (await (await app.SignInAs("aisha")).GetAsync($"/api/v1/patients/{await app.ChartOf("maria")}/results/trend?code=4548-4", Ct)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
}
