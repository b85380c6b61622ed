using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PatientPortal.Interop.Contracts;
using PatientPortal.Interop.Data;
using PatientPortal.Interop.Domain;
using PatientPortal.Interop.Tests.Domain;
using Shouldly;
using Xunit;

namespace PatientPortal.Interop.Tests.Reactions;

/// <summary>The way of an arrival through the modules, with stand-ins for the others.</summary>
public sealed class ArrivalsTests : IAsyncDisposable
{
    readonly Task<InteropAlone> starting = InteropAlone.New();

    public async ValueTask DisposeAsync() => await (await starting).DisposeAsync();

    static byte[] Bundle(params string[] resources) =>
        Encoding.UTF8.GetBytes($$"""{"resourceType":"Bundle","type":"collection","entry":[{{string.Join(',', resources.Select(r => $$"""{"resource":{{r}}}"""))}}]}""");

    static string Patient(string id) => $$"""{"resourceType":"Patient","id":"{{id}}"}""";

    static string Observation(string id, string patient = "p", string more = "") =>
        $$"""{"resourceType":"Observation","id":"{{id}}","subject":{"reference":"Patient/{{patient}}"}{{more}}}""";

    static (int Came, int Created, int Updated, int Unchanged, int Quarantined, int Waiting) Sum(ImportReport report) => (
        report.Resources.Sum(r => r.Came), report.Resources.Sum(r => r.Created), report.Resources.Sum(r => r.Updated),
        report.Resources.Sum(r => r.Unchanged), report.Resources.Sum(r => r.Quarantined), report.Resources.Sum(r => r.Waiting));

    [Fact]
    public async Task a_bundle_is_taken_and_the_same_again_is_all_unchanged()
    {
        var portal = await starting;
        var bundle = Bundle(Observation("1"), Patient("p"), """{"resourceType":"Practitioner","id":"d"}""", Observation("2"));
        var first = await portal.Import(bundle);
        (first.State, Sum(first)).ShouldBe(("done", (4, 4, 0, 0, 0, 0)));
        var again = await portal.Import(bundle);
        (again.State, Sum(again)).ShouldBe(("done", (4, 0, 0, 4, 0, 0)));
        var newer = await portal.Import(Bundle(Patient("p"), Observation("1", more: ""","status":"amended" """)));
        (newer.State, Sum(newer)).ShouldBe(("done", (2, 0, 1, 1, 0, 0)));
    }

    [Fact]
    public async Task each_owner_gets_its_own_resources_with_the_chart_and_byte_for_byte()
    {
        var portal = await starting;
        await portal.Import(Bundle(Patient("p"), Observation("1"), """{"resourceType":"Organization", "id":"o"}""",
            """{"resourceType":"MedicationRequest","id":"m","subject":{"reference":"Patient/p"},"medicationReference":{"reference":"Medication/x"}}""",
            """{"resourceType":"Medication","id":"x"}""", """{"resourceType":"Appointment","id":"a","participant":[{"actor":{"reference":"Patient/p"}}]}"""));
        var chart = portal.Others.Charts["testPatient/p"];
        portal.Others.Stored.Select(s => (s.Key.Owner, s.Key.Type, s.Value.Patient)).ShouldBe(
        [
            ("records", "Observation", chart), ("records", "Organization", null), ("pharmacy", "MedicationRequest", chart), ("pharmacy", "Medication", null), ("scheduling", "Appointment", chart),
        ], ignoreOrder: true);
        Encoding.UTF8.GetString(portal.Others.Stored[("records", "Organization", "o")].Json).ShouldBe("""{"resourceType":"Organization", "id":"o"}""");
    }

    [Fact]
    public async Task a_medication_keeps_its_owner_when_it_comes_again_alone()
    {
        var portal = await starting;
        await portal.Import(Bundle(Patient("p"), """{"resourceType":"Medication","id":"x"}""",
            """{"resourceType":"MedicationRequest","id":"m","subject":{"reference":"Patient/p"},"medicationReference":{"reference":"Medication/x"}}"""));
        var again = await portal.Import(Bundle("""{"resourceType":"Medication","id":"x"}"""));
        Sum(again).Unchanged.ShouldBe(1);
    }

    [Fact]
    public async Task a_patient_who_came_earlier_is_known_and_one_who_never_came_is_not()
    {
        var portal = await starting;
        await portal.Import(Bundle(Patient("p")));
        var report = await portal.Import(Bundle(Observation("1"), Observation("2", "stranger")));
        Sum(report).ShouldBe((2, 1, 0, 0, 1, 0));
        report.Quarantine.ShouldHaveSingleItem().ShouldSatisfyAllConditions(q => q.Reference.ShouldBe("Observation/2"), q => q.Element.ShouldBe("Observation.subject"));
        Sum(await portal.Import(Bundle(Observation("3")), source: "elsewhere")).Quarantined.ShouldBe(1, "ids are unique within their source only");
    }

    [Fact]
    public async Task a_patient_in_quarantine_takes_everything_of_theirs_along_and_nothing_else()
    {
        var portal = await starting;
        portal.Others.RefusePatient = p => p.Reference is "Patient/bad" ? ("Patient.birthDate", "It is missing.") : null;
        var report = await portal.Import(Bundle(Patient("bad"), Patient("p"), Observation("1", "bad"), Observation("2")));
        Sum(report).ShouldBe((4, 2, 0, 0, 2, 0));
        report.Quarantine.Select(q => (q.Reference, q.Element)).ShouldBe([("Patient/bad", "Patient.birthDate"), ("Observation/1", "Observation.subject")]);
        portal.Others.Stored.Keys.ShouldBe([("records", "Observation", "2")]);
    }

    [Fact]
    public async Task every_news_delivered_twice_changes_nothing()
    {
        var portal = await starting;
        var resources = Enumerable.Range(0, 450).Select(n => Observation($"{n}")).Prepend(Patient("p")).ToArray();
        var report = await portal.Import(Bundle(resources), twice: true);
        (report.State, Sum(report)).ShouldBe(("done", (451, 451, 0, 0, 0, 0)));
    }

    [Fact]
    public async Task a_large_arrival_goes_in_short_batches_a_few_at_a_time()
    {
        var portal = await starting;
        var note = new string('n', 4000);
        var resources = Enumerable.Range(0, 2500).Select(n => Observation($"{n}", $"p{n % 3}", $$""","note":[{"text":"{{note}}"}]""")).Concat(Enumerable.Range(0, 3).Select(n => Patient($"p{n}"))).ToArray();
        var id = (await portal.Take(Bundle(resources))).Value;
        var most = 0;
        while (await portal.DeliverSome() > 0)
        {
            var report = await portal.Report(id);
            report.Resources.Sum(r => r.Came).ShouldBe(2503);
            most = Math.Max(most, await portal.Inside(s => s.GetRequiredService<InteropDb>().ArrivedItems.Where(i => i.Outcome == ItemOutcome.Announced).Select(i => i.BatchId).Distinct().CountAsync()));
        }
        most.ShouldBeInRange(2, 4);
        portal.Others.Seen.ShouldAllBe(b => b.Resources.Count <= InteropLimits.BatchResources);
        portal.Others.Stored.Count.ShouldBe(2500);
        portal.Others.Stored.ShouldAllBe(s => Encoding.UTF8.GetString(s.Value.Json).Contains(note, StringComparison.Ordinal));
        (await portal.Report(id)).State.ShouldBe("done");
    }

    [Fact]
    public async Task an_owner_that_forgets_one_resource_leaves_it_in_quarantine()
    {
        var portal = await starting;
        portal.Others.Answer = r => r.Id is "2" ? null : new(r.Type, r.Id, r.Id is "3" ? "what" : "created", null, null);
        var report = await portal.Import(Bundle(Patient("p"), Observation("1"), Observation("2"), Observation("3")));
        (report.State, Sum(report)).ShouldBe(("done", (4, 2, 0, 0, 2, 0)));
    }

    [Fact]
    public async Task what_is_no_bundle_leaves_its_report_and_nothing_else()
    {
        var portal = await starting;
        var outcome = await portal.Take(Bundle(Patient("p"))[..^9]);
        outcome.Refusal!.Code.ShouldBe("truncated");
        await portal.Inside(async s =>
        {
            var db = s.GetRequiredService<InteropDb>();
            (await db.Arrivals.SingleAsync()).State.ShouldBe(ArrivalState.Failed);
            (await db.ArrivedItems.AnyAsync() || await db.ArrivalParts.AnyAsync()).ShouldBeFalse();
            return 0;
        });
        portal.Others.Charts.ShouldBeEmpty();
    }

    [Fact]
    public async Task an_empty_bundle_is_done_at_once() => (await (await starting).Import(Bundle())).State.ShouldBe("done");

    [Fact]
    public async Task the_same_bundle_twice_at_once_is_counted_exactly_in_both()
    {
        var portal = await starting;
        var bundle = Bundle(Patient("p"), Observation("1"), Observation("2"));
        var ids = await Task.WhenAll(portal.Take(bundle), portal.Take(bundle));
        await portal.Deliver();
        var reports = await Task.WhenAll(ids.Select(i => portal.Report(i.Value)));
        reports.ShouldAllBe(r => r.State == "done" && r.Resources.Sum(t => t.Came) == 3);
        reports.Sum(r => r.Resources.Sum(t => t.Created)).ShouldBe(3);
    }

    public static TheoryData<string> Samples() => BundleReaderTests.Samples();

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task a_real_bundle_is_accounted_for_and_kept_whole(string file)
    {
        var portal = await starting;
        var bytes = await File.ReadAllBytesAsync(Path.Combine(BundleReaderTests.Folder()!, file));
        var report = await portal.Import(bytes);
        report.State.ShouldBe("done");
        report.Resources.ShouldAllBe(r => r.Created == r.Came);
        (await portal.Import(bytes)).Resources.ShouldAllBe(r => r.Unchanged == r.Came);
        var kept = await portal.Inside(s => s.GetRequiredService<InteropDb>().ArrivalParts.Where(p => p.ArrivalId == report.Id).OrderBy(p => p.Number).Select(p => p.Content).ToListAsync());
        kept.SelectMany(p => p).ToArray().ShouldBe(bytes);
    }
}
