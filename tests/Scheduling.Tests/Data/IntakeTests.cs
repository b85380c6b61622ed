using System.Text;
using PatientPortal.Interop.Contracts;
using PatientPortal.Scheduling.Data;
using PatientPortal.Scheduling.Domain;

namespace PatientPortal.Scheduling.Tests.Data;

public class IntakeTests(PortalApp app) : IClassFixture<PortalApp>
{
    static byte[] Fhir(string id, string status = "booked", string start = "2026-12-24T10:00:00-05:00", string updated = "2026-11-20T10:00:00Z") => Encoding.UTF8.GetBytes($$"""
        { "resourceType": "Appointment",  "id": "{{id}}", "meta": { "lastUpdated": "{{updated}}" }, "status": "{{status}}", "description": "Eye clinic",
          "start": "{{start}}", "minutesDuration": 20, "participant": [ { "actor": { "reference": "Patient/x" }, "status": "accepted" } ] }
        """);

    async Task<Guid> Maria() => await PortalApp.OwnChart(await app.SignInAs("maria"));

    Task<List<TakenResource>> Arrive(Guid? patient, params ArrivedResource[] resources) => app.Inside(async services =>
    {
        var db = services.GetRequiredService<SchedulingDb>();
        var intake = await Intake.Open(db, services.GetRequiredService<Supplies>(), app.Clock, "hospital", patient, resources, Clinic.Ct);
        List<TakenResource> taken = [.. resources.Select(intake.Take)];
        await db.Save(Clinic.Ct);
        return taken;
    });

    [Fact]
    public async Task what_arrives_is_kept_byte_for_byte_and_shown_as_a_visit_that_cannot_be_changed_here()
    {
        var maria = await Maria();
        var json = Fhir("keep");
        (await Arrive(maria, new ArrivedResource("Appointment", "keep", json))).Single().Outcome.ShouldBe("created");

        (await app.Rows(db => db.ArrivedAppointments.Where(a => a.FhirId == "keep").Select(a => a.Body).SingleAsync(Clinic.Ct))).ShouldBe(json);
        var client = await app.SignInAs("maria");
        var visit = (await client.Json($"{Clinic.Mine}?status=upcoming")).Items().Single(v => v.GetProperty("imported").GetBoolean() && v.Text("start").StartsWith("2026-12-24", StringComparison.Ordinal));
        (visit.Text("description"), visit.Text("status")).ShouldBe(("Eye clinic", "booked"));
        await (await client.Cancel(visit.Text("id"))).ShouldRefuse(HttpStatusCode.UnprocessableEntity, "kept_elsewhere");
        (await client.GetAsync($"/visits/{visit.Text("id")}", Clinic.Ct)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task it_takes_nobodys_time()
    {
        var client = await app.SignInAs("maria");
        var slot = (await client.Slots("2026-12-21"))[0];
        await Arrive(await Maria(), new ArrivedResource("Appointment", "same-time", Fhir("same-time", start: slot.Text("start"))));
        (await client.Slots("2026-12-21")).ShouldContain(s => s.Text("id") == slot.Text("id"));
        await client.Booked(slot);
    }

    [Fact]
    public async Task the_same_again_is_unchanged_a_newer_one_updates_an_older_one_is_quarantined()
    {
        var maria = await Maria();
        async Task<TakenResource> Send(byte[] json) => (await Arrive(maria, new ArrivedResource("Appointment", "versions", json))).Single();
        (await Send(Fhir("versions"))).Outcome.ShouldBe("created");
        (await Send(Fhir("versions"))).Outcome.ShouldBe("unchanged");
        (await Send(Fhir("versions", status: "cancelled", updated: "2026-11-21T10:00:00Z"))).Outcome.ShouldBe("updated");
        var old = await Send(Fhir("versions"));
        (old.Outcome, old.Element).ShouldBe(("quarantined", "Appointment.meta.lastUpdated"));
        var status = await app.Rows(db => (from a in db.ArrivedAppointments join v in db.Appointments on a.AppointmentId equals v.Id where a.FhirId == "versions" select v.Status).SingleAsync(Clinic.Ct));
        status.ShouldBe(AppointmentStatus.Cancelled);
    }

    [Fact]
    public async Task every_resource_is_accounted_for()
    {
        var taken = await Arrive(await Maria(),
            new("Appointment", "good", Fhir("good", start: "2026-12-30T10:00:00-05:00")),
            new("Appointment", "bad", Fhir("bad", status: "maybe")),
            new("Slot", "slot", Encoding.UTF8.GetBytes("""{"resourceType":"Slot"}""")),
            new("Appointment", "good", Fhir("good", start: "2026-12-30T10:00:00-05:00")));
        taken.Select(t => t.Outcome).ShouldBe(["created", "quarantined", "quarantined", "unchanged"]);
        taken[1].Element.ShouldBe("Appointment.status");
    }

    [Fact]
    public async Task what_belongs_to_nobody_or_moved_to_another_chart_is_quarantined()
    {
        (await Arrive(null, new ArrivedResource("Appointment", "nobody", Fhir("nobody")))).Single().Outcome.ShouldBe("quarantined");
        await Arrive(await Maria(), new ArrivedResource("Appointment", "moved", Fhir("moved", start: "2026-12-29T10:00:00-05:00")));
        var other = await PortalApp.OwnChart(await app.SignInAs("aisha"));
        (await Arrive(other, new ArrivedResource("Appointment", "moved", Fhir("moved", status: "arrived")))).Single().Element.ShouldBe("Appointment.participant");
    }
}
