using static PatientPortal.Records.Tests.Charts;

namespace PatientPortal.Records.Tests.Reactions;

public class OnResourcesArrivedTests(PortalApp app)
{
    [Fact]
    public async Task the_same_bytes_again_are_unchanged_and_newer_ones_replace_them_and_the_old_version_stays()
    {
        var (chart, source, id) = (await app.ChartOf("james"), Fresh("ehr"), Fresh());
        var first = Observation(id, more: ",\"meta\":{\"lastUpdated\":\"2026-11-20T10:00:00Z\"}");
        var newer = Observation(id, value: "\"valueQuantity\":{\"value\":4.9,\"unit\":\"mmol/L\"}", more: ",\"meta\":{\"lastUpdated\":\"2026-11-20T11:00:00Z\"}");

        (await app.Arrives(chart, source, first)).Resources.Single().Outcome.ShouldBe("created");
        (await app.Arrives(chart, source, first)).Resources.Single().Outcome.ShouldBe("unchanged");
        (await app.Arrives(chart, source, newer)).Resources.Single().Outcome.ShouldBe("updated");
        var older = (await app.Arrives(chart, source, first)).Resources.Single();
        (older.Outcome, older.Element, older.Reason).ShouldBe(("quarantined", "Observation.meta.lastUpdated", "is older than what is stored"));

        var row = await app.Rows(db => db.Resources.SingleAsync(r => r.Source == source, Ct));
        (row.Version, Encoding.UTF8.GetString(row.Json)).ShouldBe((2, newer.Item3));
        (await app.Rows(db => db.FormerVersions.Where(v => v.ResourceId == row.Id).Select(v => v.Json).SingleAsync(Ct))).ShouldBe(Encoding.UTF8.GetBytes(first.Item3));
    }

    [Theory]
    [InlineData("report first"), InlineData("observations first"), InlineData("together"), InlineData("together, turned round")]
    public async Task a_report_and_its_observations_make_the_same_panel_in_any_order(string order)
    {
        var (chart, source, report, one, two) = (await app.ChartOf("james"), Fresh("ehr"), Fresh("rep"), Fresh("one"), Fresh("two"));
        var (r, o, t) = (Report(report, [one, two]), Observation(one), Observation(two, code: "2951-2", name: "Sodium"));
        await (order switch
        {
            "report first" => InTurn([r], [o], [t]),
            "observations first" => InTurn([o], [t], [r]),
            "together" => InTurn([r, o, t]),
            _ => InTurn([t, o, r]),
        });

        var results = await app.Rows(db => db.Results.Where(x => x.Source == source).ToListAsync(Ct));
        var sheet = JsonSerializer.Deserialize(results.ShouldHaveSingleItem().Sheet, RecordsJson.Relaxed.ResultSheet)!;
        (sheet.Name, string.Join(",", sheet.Values.Select(v => v.Name))).ShouldBe(("Basic metabolic panel", "Potassium,Sodium"));
        (await app.Rows(db => db.Measurements.CountAsync(m => m.OwnerId == sheet.Id, Ct))).ShouldBe(2);

        async Task InTurn(params (string, string, string)[][] batches)
        {
            foreach (var batch in batches) await app.Arrives(chart, source, batch);
        }
    }

    [Fact]
    public async Task an_observation_that_a_report_lets_go_stands_alone_again()
    {
        var (chart, source, report, one, two) = (await app.ChartOf("james"), Fresh("ehr"), Fresh("rep"), Fresh("one"), Fresh("two"));
        await app.Arrives(chart, source, Report(report, [one, two]), Observation(one), Observation(two, code: "2951-2", name: "Sodium"));
        await app.Arrives(chart, source, Report(report, [one]));
        (await app.Rows(db => db.Results.CountAsync(x => x.Source == source, Ct))).ShouldBe(2);
    }

    [Fact]
    public async Task each_resource_gets_one_outcome_and_the_broken_ones_name_their_element()
    {
        var (chart, source) = (await app.ChartOf("james"), Fresh("ehr"));
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 100)) + "1" + new string('}', 100);
        var intake = await app.Arrives(chart, source, Observation(Fresh()), ("Observation", Fresh(), "{\"resourceType\":"), ("Observation", Fresh(), deep), ("Condition", Fresh(), "{\"resourceType\":\"Condition\"}"), ("Observation", Fresh(), "{\"resourceType\":\"Patient\"}"));
        intake.Resources.Select(r => r.Outcome).ShouldBe(["created", "quarantined", "quarantined", "quarantined", "quarantined"]);
        intake.Resources.Select(r => r.Element).ShouldBe([null, "Observation", "Observation", "Condition.subject", "Observation.resourceType"]);
    }

    [Fact]
    public async Task a_resource_that_names_another_patient_is_not_taken()
    {
        var (james, maria, source) = (await app.ChartOf("james"), await app.ChartOf("maria"), Fresh("ehr"));
        await app.Arrives(james, source, Observation(Fresh(), subject: "james"));
        await app.Arrives(maria, source, Observation(Fresh(), subject: "maria"));
        var taken = await app.Arrives(maria, source, Observation(Fresh(), subject: "maria"), Observation(Fresh(), subject: "james"), Observation(Fresh(), subject: "nobody-yet"));
        taken.Resources.Select(r => (r.Outcome, r.Element)).ShouldBe([("created", null), ("quarantined", "Observation.subject"), ("quarantined", "Observation.subject")]);
    }

    [Fact]
    public async Task R42_a_batch_is_announced_once_and_history_is_no_news()
    {
        var (chart, source, one, two) = (await app.ChartOf("james"), Fresh("ehr"), Fresh("one"), Fresh("two"));
        (await app.Arrives(chart, source, Report(Fresh(), [one, two]), Observation(one), Observation(two), Observation(Fresh()))).News.ShouldBe(2);
        (await app.Arrives(chart, source, Observation(Fresh(), at: "2019-05-03T08:00:00Z"), Observation(Fresh(), status: "preliminary"))).News.ShouldBe(0);
    }

    [Fact]
    public async Task news_answers_interop_and_is_delivered_twice_without_harm()
    {
        var (chart, source) = (await app.ChartOf("james"), Fresh("ehr"));
        var (type, id, json) = Observation(Fresh());
        var news = new ResourcesArrived(Guid.CreateVersion7(), Guid.CreateVersion7(), "records", chart, source, [new(type, id, Encoding.UTF8.GetBytes(json))]);
        for (var i = 0; i < 2; i++)
            await app.Inside(async services =>
            {
                await services.GetRequiredService<PatientPortal.Records.Reactions.OnResourcesArrived>().Handle(news, Ct);
                return 0;
            });
        (await app.Rows(db => db.Resources.CountAsync(r => r.Source == source, Ct))).ShouldBe(1);
        (await app.Rows(db => db.Results.CountAsync(r => r.Source == source, Ct))).ShouldBe(1);
    }

    [Fact]
    public async Task what_other_modules_own_is_left_alone()
    {
        var source = Fresh("ehr");
        await app.Inside(async services =>
        {
            await services.GetRequiredService<PatientPortal.Records.Reactions.OnResourcesArrived>().Handle(new(Guid.Empty, Guid.Empty, "pharmacy", null, source, [new("Basic", "b", "{}"u8.ToArray())]), Ct);
            return 0;
        });
        (await app.Rows(db => db.Resources.AnyAsync(r => r.Source == source, Ct))).ShouldBeFalse();
    }

    [Fact]
    public async Task what_was_measured_and_written_is_found_nowhere_in_the_database()
    {
        var (chart, source, id) = (await app.ChartOf("james"), Fresh("ehr"), Fresh());
        await app.Arrives(chart, source, Observation(id, value: "\"valueString\":\"Zanzibarium unmistakable\"", name: "Quixotine level", more: ",\"note\":[{\"text\":\"Pumpernickel remark\"}]"),
            ("Condition", Fresh(), "{\"resourceType\":\"Condition\",\"subject\":{\"reference\":\"Patient/p\"},\"code\":{\"text\":\"Flibbertigibbet disease\"}}"));
        await app.Arrives(chart, source, Observation(id, value: "\"valueString\":\"Zanzibarium corrected\"", status: "corrected"));
        var bytes = await DatabaseBytes.Of(app.Database);
        // What is not sealed is found: the search looks where the rows are.
        bytes.Hold(id).ShouldBeTrue();
        foreach (var planted in new[] { "Zanzibarium", "Quixotine", "Pumpernickel", "Flibbertigibbet" }) bytes.Hold(planted).ShouldBeFalse(planted);
    }

    const string Doctor = """{"resourceType":"Practitioner","name":[{"prefix":["Dr."],"given":["Ada"],"family":"Brook","suffix":["MD"]}]}""";

    [Fact]
    public async Task who_is_only_referred_to_has_a_name_where_it_is_stored()
    {
        var (james, source, who, vaccine) = (await app.ChartOf("james"), Fresh("ehr"), Fresh("prac"), Fresh("Vaccine"));
        await app.Arrives(null, source, ("Practitioner", who, Doctor));
        await app.Arrives(james, source, ("Immunization", Fresh(), $$$"""{"resourceType":"Immunization","status":"completed","vaccineCode":{"text":"{{{vaccine}}}"},"patient":{"reference":"Patient/p"},"occurrenceDateTime":"2026-10-01","performer":[{"actor":{"reference":"Practitioner/{{{who}}}"}}]}"""));
        (await (await app.SignInAs("james")).Json("/api/v1/patients/me/immunizations?limit=100")).Items().Single(i => i.Text("name") == vaccine).Text("by").ShouldBe("Dr. Ada Brook, MD");
    }

    [Fact]
    public async Task a_name_that_arrives_later_is_put_in_and_nobody_is_told_of_it()
    {
        var (james, source, who, procedure, panel, one) = (await app.ChartOf("james"), Fresh("ehr"), Fresh("prac"), Fresh("Procedure"), Fresh("Panel"), Fresh("one"));
        await app.Arrives(james, source,
            ("Procedure", Fresh(), $$$"""{"resourceType":"Procedure","status":"completed","code":{"text":"{{{procedure}}}"},"subject":{"reference":"Patient/p"},"performedDateTime":"2026-10-01","performer":[{"actor":{"reference":"urn:uuid:{{{who}}}"}}]}"""),
            Report(Fresh(), [one], status: "corrected", name: panel, more: $$$""","performer":[{"reference":"Practitioner/{{{who}}}"}]"""), Observation(one));
        var client = await app.SignInAs("james");
        async Task<JsonElement> Result() => (await client.Json("/api/v1/patients/me/results?limit=100")).Items().Single(i => i.Text("name") == panel);
        async Task<string?> By() => (await client.Json("/api/v1/patients/me/procedures?limit=100")).Items().Single(i => i.Text("name") == procedure).Text("by");
        (await By()).ShouldBeNull();
        await client.Json($"/api/v1/patients/me/results/{(await Result()).Text("id")}");

        (await app.Arrives(null, source, ("Practitioner", who, Doctor))).News.ShouldBe(0);
        (await By()).ShouldBe("Dr. Ada Brook, MD");
        var result = await Result();
        (result.Text("by"), result.GetProperty("isNew").GetBoolean()).ShouldBe(("Dr. Ada Brook, MD", false));
        (await app.Rows(db => db.AwaitedNames.CountAsync(a => a.Source == source, Ct))).ShouldBe(0);

        // Another source's id is somebody else, and what is stored stays as it came.
        var stored = await app.Rows(db => db.Resources.Where(r => r.Source == source && r.Type == "Procedure").Select(r => r.Json).SingleAsync(Ct));
        Encoding.UTF8.GetString(stored).ShouldNotContain("Brook");
    }
}
