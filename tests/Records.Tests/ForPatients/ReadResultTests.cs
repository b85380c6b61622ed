using static PatientPortal.Records.Tests.Charts;

namespace PatientPortal.Records.Tests.ForPatients;

public class ReadResultTests(PortalApp app)
{
    const string Mine = "/api/v1/patients/me/results";

    async Task<JsonElement> Newest(HttpClient client, string name) => (await client.Json(Mine + "?limit=100")).Items().First(i => i.Text("name") == name);

    [Fact]
    public async Task a_panel_has_its_values_ranges_flags_and_the_clinicians_comment()
    {
        var (james, source, one, name) = (await app.SignInAs("james"), Fresh("ehr"), Fresh("one"), Fresh("Panel"));
        await app.Arrives(await app.ChartOf("james"), source, Report(Fresh(), [one], name: name, more: ",\"conclusion\":\"A little high.\""), Observation(one, more: ",\"referenceRange\":[{\"low\":{\"value\":3.5},\"high\":{\"value\":5.0}}]"));
        var panel = await james.Json($"{Mine}/{(await Newest(james, name)).Text("id")}");
        panel.Text("comment").ShouldBe("A little high.");
        var value = panel.GetProperty("values")[0];
        (value.Text("text"), value.Text("flag"), value.GetProperty("range").Text("text")).ShouldBe(("5.1 mmol/L", "high", "3.5 to 5.0"));
    }

    [Fact]
    public async Task reading_it_takes_the_mark_new_off()
    {
        var (james, name) = (await app.SignInAs("james"), Fresh("Single"));
        await app.Arrives(await app.ChartOf("james"), Fresh("ehr"), Observation(Fresh(), name: name));
        var item = await Newest(james, name);
        item.GetProperty("isNew").GetBoolean().ShouldBeTrue();
        await james.Json($"{Mine}/{item.Text("id")}");
        (await Newest(james, name)).GetProperty("isNew").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task a_corrected_result_says_so_and_is_new_again()
    {
        var (james, chart, source, id, name) = (await app.SignInAs("james"), await app.ChartOf("james"), Fresh("ehr"), Fresh(), Fresh("Single"));
        await app.Arrives(chart, source, Observation(id, name: name));
        await james.Json($"{Mine}/{(await Newest(james, name)).Text("id")}");
        (await app.Arrives(chart, source, Observation(id, name: name, status: "corrected", value: "\"valueQuantity\":{\"value\":4.1,\"unit\":\"mmol/L\"}"))).News.ShouldBe(1);
        var again = await Newest(james, name);
        (again.GetProperty("isNew").GetBoolean(), again.Text("status"), again.GetProperty("values")[0].Text("text")).ShouldBe((true, "corrected", "4.1 mmol/L"));
    }

    [Fact]
    public async Task a_changed_value_keeps_what_it_was_before_and_one_that_stayed_does_not()
    {
        var (james, chart, source, report, name) = (await app.SignInAs("james"), await app.ChartOf("james"), Fresh("ehr"), Fresh(), Fresh("Panel"));
        var (one, two, three) = (Fresh("one"), Fresh("two"), Fresh("three"));
        await app.Arrives(chart, source, Report(report, [one, two, three], name: name), Observation(one), Observation(two, name: "Sodium", code: "2951-2"),
            Observation(three, name: "Chloride", code: "2075-0", status: "preliminary"));
        await app.Arrives(chart, source, Report(report, [one, two, three], name: name, status: "corrected"),
            Observation(one, status: "corrected", value: "\"valueQuantity\":{\"value\":4.1,\"unit\":\"mmol/L\"}"), Observation(three, name: "Chloride", code: "2075-0"));
        var values = (await james.Json($"{Mine}/{(await Newest(james, name)).Text("id")}")).GetProperty("values");
        (values[0].Text("text"), values[0].Text("before")).ShouldBe(("4.1 mmol/L", "5.1 mmol/L"));
        values[1].Text("before").ShouldBeNull();
        values[2].Text("before").ShouldBeNull("it was completed, not corrected");

        // What arrives later about the same panel does not make it forget.
        await app.Arrives(chart, source, Observation(two, name: "Sodium", code: "2951-2", more: ",\"note\":[{\"text\":\"Repeated.\"}]"));
        values = (await james.Json($"{Mine}/{(await Newest(james, name)).Text("id")}")).GetProperty("values");
        values[0].Text("before").ShouldBe("5.1 mmol/L");
    }

    [Fact]
    public async Task a_report_in_words_is_read_as_text()
    {
        var (james, name) = (await app.SignInAs("james"), Fresh("Pathology"));
        var words = Convert.ToBase64String(Encoding.UTF8.GetBytes("No malignant cells.\nSigned."));
        await app.Arrives(await app.ChartOf("james"), Fresh("ehr"), Report(Fresh(), [], name: name, more: $$""","presentedForm":[{"contentType":"text/plain","data":"{{words}}"}]"""));
        (await james.Json($"{Mine}/{(await Newest(james, name)).Text("id")}")).Text("words").ShouldBe("No malignant cells.\nSigned.");
    }

    [Fact]
    public async Task a_value_that_is_not_final_yet_is_not_told()
    {
        var (james, one, two, name) = (await app.SignInAs("james"), Fresh("one"), Fresh("two"), Fresh("Panel"));
        await app.Arrives(await app.ChartOf("james"), Fresh("ehr"), Report(Fresh(), [one, two], name: name), Observation(one, status: "preliminary"), Observation(two, name: "Sodium", code: "2951-2"));
        var values = (await james.Json($"{Mine}/{(await Newest(james, name)).Text("id")}")).GetProperty("values");
        (values[0].Text("absent"), values[0].TryGetProperty("value", out _), values[1].Text("text")).ShouldBe(("Not ready yet", false, "5.1 mmol/L"));
    }

    [Fact]
    public async Task somebody_elses_and_made_up_results_are_the_same_404()
    {
        var (maria, aisha) = (await app.SignInAs("maria"), await app.SignInAs("aisha"));
        var id = (await maria.Json(Mine + "?limit=1")).Items()[0].Text("id");
        await (await aisha.GetAsync($"{Mine}/{id}", Ct)).ShouldRefuse(HttpStatusCode.NotFound, "not_found");
        await (await aisha.GetAsync($"{Mine}/{Guid.CreateVersion7()}", Ct)).ShouldRefuse(HttpStatusCode.NotFound, "not_found");
        await (await aisha.GetAsync($"/api/v1/patients/{await app.ChartOf("maria")}/results/{id}", Ct)).ShouldRefuse(HttpStatusCode.NotFound, "not_found");
    }
}
