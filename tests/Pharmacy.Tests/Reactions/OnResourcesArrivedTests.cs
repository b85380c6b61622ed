using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PatientPortal.Interop.Contracts;
using PatientPortal.Pharmacy.Data;
using PatientPortal.Pharmacy.Domain;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Pharmacy.Tests.Reactions;

public sealed class OnResourcesArrivedTests(PortalApp app) : IClassFixture<PortalApp>
{
    readonly Guid patient = Guid.CreateVersion7();
    readonly string source = $"clinic-{Guid.CreateVersion7():N}";

    static ArrivedResource Resource(string json)
    {
        using var document = System.Text.Json.JsonDocument.Parse(json);
        return new(document.RootElement.GetProperty("resourceType").GetString()!, document.RootElement.GetProperty("id").GetString()!, Encoding.UTF8.GetBytes(json));
    }

    static ArrivedResource Prescription(string id = "rx", string status = "active", string more = "\"medicationCodeableConcept\":{\"text\":\"Lisinopril\"}", string? updated = null) => Resource($$"""
        {"resourceType":"MedicationRequest","id":"{{id}}",{{(updated is null ? "" : $"\"meta\":{{\"lastUpdated\":\"{updated}\"}},")}}"status":"{{status}}","intent":"order","subject":{"reference":"Patient/p"},"authoredOn":"2026-10-01",{{more}}}
        """);

    /// <summary>What the pharmacy answers to a batch; the batch arrives as it would from Interop.</summary>
    async Task<IReadOnlyList<TakenResource>> Arrive(Guid? whose, params ArrivedResource[] resources) => await app.Inside(async services =>
    {
        var db = services.GetRequiredService<PharmacyDb>();
        var intake = await Intake.Open(db, source, whose, resources, app.Clock.GetUtcNow(), default);
        var taken = new List<TakenResource>();
        foreach (var resource in resources) taken.Add(await intake.Take(resource, default));
        await db.Save(default);
        return (IReadOnlyList<TakenResource>)taken;
    });

    Task<IReadOnlyList<MedicationCourse>> List() => app.Inside(services => services.GetRequiredService<PharmacyDb>().CoursesOf(patient, default));

    [Fact]
    public async Task the_same_resource_again_is_unchanged_and_its_bytes_are_kept()
    {
        (await Arrive(patient, Prescription())).Single().Outcome.ShouldBe("created");
        (await Arrive(patient, Prescription())).Single().Outcome.ShouldBe("unchanged");
        var kept = await app.Inside(s => s.GetRequiredService<PharmacyDb>().Resources.SingleAsync(r => r.Source == source));
        kept.Json.ShouldBe(Prescription().Json);
    }

    [Fact]
    public async Task a_newer_version_updates_and_an_older_one_is_quarantined()
    {
        await Arrive(patient, Prescription(updated: "2026-10-01T10:00:00Z"));
        (await Arrive(patient, Prescription(status: "stopped", updated: "2026-10-02T10:00:00Z"))).Single().Outcome.ShouldBe("updated");
        (await List()).Single().Status.ShouldBe(MedicationStatus.Stopped);
        (await Arrive(patient, Prescription(updated: "2026-10-01T11:00:00Z"))).Single().ShouldSatisfyAllConditions(
            t => t.Outcome.ShouldBe("quarantined"), t => t.Element.ShouldBe("MedicationRequest.meta.lastUpdated"));
        (await List()).Single().Status.ShouldBe(MedicationStatus.Stopped);
    }

    [Fact]
    public async Task twice_in_one_batch_is_created_once()
    {
        var taken = await Arrive(patient, Prescription(), Prescription());
        taken.Select(t => t.Outcome).ShouldBe(["created", "unchanged"]);
        (await List()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task a_name_that_arrives_after_its_prescription_is_found()
    {
        await Arrive(patient, Prescription(more: "\"medicationReference\":{\"reference\":\"Medication/m7\"}"));
        (await List()).Single().Name.ShouldBe("Medicine without a name");
        await Arrive(null, Resource("{\"resourceType\":\"Medication\",\"id\":\"m7\",\"code\":{\"text\":\"Nizatidine 15 MG/ML\"}}"));
        (await List()).Single().Name.ShouldBe("Nizatidine 15 MG/ML");
    }

    [Fact]
    public async Task a_fill_that_arrives_before_its_prescription_is_joined_to_it()
    {
        await Arrive(patient, Resource("""
            {"resourceType":"MedicationDispense","id":"d1","status":"completed","subject":{"reference":"Patient/p"},"medicationCodeableConcept":{"text":"Lisinopril"},
             "authorizingPrescription":[{"reference":"MedicationRequest/rx"}],"whenHandedOver":"2026-11-01T10:00:00Z","daysSupply":{"value":30,"code":"d"}}
            """));
        (await List()).Single().ShouldSatisfyAllConditions(c => c.HasPrescription.ShouldBeFalse(), c => c.Name.ShouldBe("Lisinopril"));
        await Arrive(patient, Prescription());
        (await List()).Single().ShouldSatisfyAllConditions(c => c.HasPrescription.ShouldBeTrue(), c => c.RunsOutOn.ShouldBe(new DateOnly(2026, 12, 1)));
    }

    [Fact]
    public async Task what_is_broken_is_quarantined_alone()
    {
        var taken = await Arrive(patient, Prescription("good"), Prescription("bad", status: "eaten"), Prescription("also-good"));
        taken.Select(t => t.Outcome).ShouldBe(["created", "quarantined", "created"]);
        taken[1].Element.ShouldBe("MedicationRequest.status");
        taken[1].Reason!.ShouldNotContain("eaten");
    }

    [Fact]
    public async Task a_prescription_of_nobody_and_one_that_changes_its_chart_are_quarantined()
    {
        (await Arrive(null, Prescription())).Single().Element.ShouldBe("MedicationRequest.subject");
        await Arrive(patient, Prescription());
        (await Arrive(Guid.CreateVersion7(), Prescription(status: "stopped"))).Single().Element.ShouldBe("MedicationRequest.subject");
    }

    [Fact]
    public async Task what_belongs_to_another_owner_is_not_touched()
    {
        var kept = await app.Inside(async services =>
        {
            await services.GetRequiredService<Pharmacy.Reactions.OnResourcesArrived>()
                .Handle(new(Guid.CreateVersion7(), Guid.CreateVersion7(), "records", patient, source, [Prescription()]), default);
            return await services.GetRequiredService<PharmacyDb>().Resources.CountAsync(r => r.Source == source);
        });
        kept.ShouldBe(0);
    }
}
