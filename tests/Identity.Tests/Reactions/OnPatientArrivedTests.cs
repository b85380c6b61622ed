using System.Text;
using System.Text.Json.Nodes;
using PatientPortal.Identity.Contracts;
using PatientPortal.Identity.Data;
using PatientPortal.Identity.Reactions;
using PatientPortal.Interop.Contracts;
using PatientPortal.Kernel.Sealing;

namespace PatientPortal.Identity.Tests.Reactions;

public sealed class OnPatientArrivedTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    static byte[] Patient(string id, string mrn = "mrn-1", string family = "Ordóñez", string given = "Bernardo", string? born = "1957-06-29", string? phone = null, string? email = null)
    {
        var patient = JsonNode.Parse($$"""{"resourceType":"Patient","id":"{{id}}","identifier":[{"system":"urn:test","value":"{{mrn}}"}],"name":[{"family":"{{family}}","given":["{{given}}"]}]}""")!;
        if (born is not null) patient["birthDate"] = born;
        if (phone is not null) patient["telecom"] = JsonNode.Parse($$"""[{"system":"phone","value":"{{phone}}"}]""");
        if (email is not null) patient["telecom"] = JsonNode.Parse($$"""[{"system":"email","value":"{{email}}"},{"system":"phone","value":"{{phone ?? "+1 212 555 0111"}}"}]""");
        return Encoding.UTF8.GetBytes(patient.ToJsonString());
    }

    /// <summary>Lets the reaction answer, without Interop listening, and reads what it announced.</summary>
    async Task<PatientIdentified> Arrive(byte[] json, string reference, string source = "clinic-a")
    {
        var arrival = Guid.CreateVersion7();
        await app.Inside(async s =>
        {
            await new OnPatientArrived(s.GetRequiredService<IdentityDb>(), s.GetRequiredService<Vault>(), s.GetRequiredService<Grants>(), s.GetRequiredService<Microsoft.Extensions.Configuration.IConfiguration>(), app.Clock).Handle(new(arrival, source, reference, json), default);
            return true;
        });
        await using var connection = await app.Database.Open(default);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT payload FROM kernel_outbox WHERE type LIKE '%PatientIdentified'";
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync())
        {
            var said = JsonSerializer.Deserialize<PatientIdentified>(app.Services.GetRequiredService<Vault>().Open((byte[])rows.GetValue(0), "kernel_outbox.payload"))!;
            if (said.ArrivalId == arrival) return said;
        }
        throw new InvalidOperationException("The reaction did not answer.");
    }

    [Fact]
    public async Task a_new_patient_gets_a_chart_and_the_same_again_changes_nothing()
    {
        var first = await Arrive(Patient("1"), "Patient/1");
        first.Outcome.ShouldBe("created");

        var again = await Arrive(Patient("1"), "Patient/1");
        again.Outcome.ShouldBe("unchanged");
        again.PatientId.ShouldBe(first.PatientId);

        var found = await (await app.SignInAs("frontdesk")).See("/api/v1/staff/patients?query=ordonez%20bernardo");
        found.GetProperty("items").EnumerateArray().ShouldContain(p => p.Text("id") == first.PatientId.ToString());
    }

    [Fact]
    public async Task a_newer_version_updates_the_chart()
    {
        var first = await Arrive(Patient("1"), "Patient/1");
        var newer = await Arrive(Patient("1", phone: "555-0199"), "Patient/1");
        newer.Outcome.ShouldBe("updated");
        newer.PatientId.ShouldBe(first.PatientId);
        (await (await app.SignInAs("nurse")).See($"/api/v1/staff/patients/{first.PatientId}")).Text("phone").ShouldBe("555-0199");
    }

    [Fact]
    public async Task another_system_with_the_same_number_and_person_finds_the_same_chart()
    {
        var first = await Arrive(Patient("1"), "Patient/1");
        var other = await Arrive(Patient("9"), "Patient/9", source: "clinic-b");
        other.Outcome.ShouldBe("updated");
        other.PatientId.ShouldBe(first.PatientId);
    }

    [Fact]
    public async Task two_patients_with_one_number_are_never_linked()
    {
        await Arrive(Patient("1"), "Patient/1");
        var twin = await Arrive(Patient("2"), "Patient/2");
        twin.Outcome.ShouldBe("quarantined");
        twin.PatientId.ShouldBeNull();
        twin.Element.ShouldBe("Patient.identifier");

        var stranger = await Arrive(Patient("3", family: "Else", given: "Somebody", born: "1990-01-01"), "Patient/3", source: "clinic-b");
        stranger.Outcome.ShouldBe("quarantined");
    }

    [Fact]
    public async Task a_known_patient_that_claims_anothers_number_is_quarantined_and_stays_as_it_was()
    {
        await Arrive(Patient("1", mrn: "mrn-1"), "Patient/1");
        var second = await Arrive(Patient("2", mrn: "mrn-2", given: "Ana"), "Patient/2");
        var claim = await Arrive(Patient("2", mrn: "mrn-1", given: "Renamed"), "Patient/2");

        claim.Outcome.ShouldBe("quarantined");
        (await (await app.SignInAs("nurse")).See($"/api/v1/staff/patients/{second.PatientId}")).Text("givenName").ShouldBe("Ana");
    }

    [Fact]
    public async Task an_id_that_a_source_gives_to_somebody_else_does_not_make_two_people_one()
    {
        var first = await Arrive(Patient("1", family: "Ordonez", given: "Bernardo", born: "1960-05-05"), "Patient/1");
        (await Arrive(Patient("1", family: "Ordonez", given: "Bernardo", born: "1960-05-06"), "Patient/1")).Outcome.ShouldBe("updated");
        (await Arrive(Patient("1", family: "Married", given: "Bernardo", born: "1960-05-06"), "Patient/1")).Outcome.ShouldBe("updated");

        var other = await Arrive(Patient("1", family: "Else", given: "Somebody", born: "1990-01-01"), "Patient/1");
        (other.Outcome, other.PatientId, other.Element).ShouldBe(("quarantined", null, "Patient.id"));
        (await (await app.SignInAs("nurse")).See($"/api/v1/staff/patients/{first.PatientId}")).Text("familyName").ShouldBe("Married");
    }

    [Fact]
    public async Task what_makes_no_chart_is_quarantined_by_element()
    {
        (await Arrive(Patient("1", born: null), "Patient/1")).Element.ShouldBe("Patient.birthDate");
        (await Arrive("{"u8.ToArray(), "Patient/2")).Element.ShouldBe("Patient");
    }

    [Fact]
    public async Task numbers_of_other_systems_are_not_readable_in_the_database()
    {
        await Arrive(Patient("1", mrn: "999-47-5768"), "Patient/1");
        await using var connection = await app.Database.Open(default);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT value FROM identity_patient_identifiers";
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync()) Encoding.UTF8.GetString((byte[])rows.GetValue(0)).ShouldNotContain("999-47-5768");
    }

    [Fact]
    public async Task an_address_that_a_patient_keeps_themselves_and_a_confirmed_number_are_not_overwritten_but_suggested_once()
    {
        var chart = (await Arrive(Patient("p1", email: "source@example.org"), "Patient/p1")).PatientId!.Value;
        await app.Inside(async s =>
        {
            var db = s.GetRequiredService<IdentityDb>();
            var patient = db.Patients.Single(p => p.Id == chart);
            (patient.Email, patient.PhoneConfirmedAt) = ("own@example.org", app.Clock.GetUtcNow());
            var hash = db.Accounts.First().PasswordHash;
            db.Add(new PatientPortal.Identity.Domain.Account
            {
                Id = Guid.CreateVersion7(), Kind = PatientPortal.Identity.Domain.AccountKind.Patient, UserName = "bernardo", UserNameKey = "bernardo", Name = "Bernardo", Email = "own@example.org", PasswordHash = hash, PatientId = chart, CreatedAt = app.Clock.GetUtcNow(),
            });
            await db.Save(default);
            return 0;
        });
        (await Arrive(Patient("p1", email: "other@example.org", phone: "+1 212 555 0199"), "Patient/p1")).Outcome.ShouldBe("updated");
        await Arrive(Patient("p1", given: "Bernardo J", email: "other@example.org", phone: "+1 212 555 0199"), "Patient/p1");
        var (email, phone, account, waiting) = await app.Inside(s =>
        {
            var db = s.GetRequiredService<IdentityDb>();
            var patient = db.Patients.Single(p => p.Id == chart);
            return Task.FromResult((patient.Email, patient.Phone, db.Accounts.Single(a => a.PatientId == chart).Email, db.ReportedContacts.Where(c => c.PatientId == chart && c.OpenFor != null).ToList()));
        });
        (email, phone, account).ShouldBe(("own@example.org", "+1 212 555 0111", "own@example.org"));
        waiting.Select(c => (c.Kind, c.Value)).Order().ShouldBe([("email", "other@example.org"), ("phone", "+1 212 555 0199")]);

        var desk = await app.SignInAs("frontdesk");
        var id = waiting.Single(c => c.Kind is "email").Id;
        (await (await desk.PostAsync($"/api/v1/staff/contacts/{id}/confirm", null)).Code()).ShouldBe("owners_address");
        (await desk.PostAsync($"/api/v1/staff/contacts/{id}/set-aside", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await Arrive(Patient("p1", email: "other@example.org", phone: "+1 212 555 0199"), "Patient/p1");
        (await app.Inside(s => Task.FromResult(s.GetRequiredService<IdentityDb>().ReportedContacts.Count(c => c.PatientId == chart && c.OpenFor != null)))).ShouldBe(1);
    }
}
