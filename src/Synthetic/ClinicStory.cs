using PatientPortal.Synthetic.Fhir;

namespace PatientPortal.Synthetic;

/// <summary>The clinic and its people as FHIR resources, and the Patient resource itself.</summary>
internal static class ClinicStory
{
    public static IEnumerable<StoryResource> Tell(Cast cast)
    {
        var writer = new ResourceWriter();
        var plan = cast.Plan;
        var since = cast.At(cast.Today.AddYears(-6), new TimeOnly(9, 0), plan.Locations[0].TimeZone);
        yield return writer.Begin("Organization", plan.Clinic.Id, "us-core-organization", since)
            .Flag("active", true).Text("name", plan.Clinic.Name)
            .List("telecom", w => w.Text("system", "phone").Text("value", plan.Clinic.Phone), w => w.Text("system", "email").Text("value", plan.Clinic.Email))
            .Object("address[]", w => Address(w, plan.Locations[0].Line, plan.Locations[0].City, plan.Locations[0].State, plan.Locations[0].PostalCode)).End();
        foreach (var place in plan.Locations)
            yield return writer.Begin("Location", place.Id, "us-core-location", since)
                .Text("status", "active").Text("name", place.Name)
                .Object("telecom[]", w => w.Text("system", "phone").Text("value", place.Phone))
                .Object("address", w => Address(w, place.Line, place.City, place.State, place.PostalCode))
                .Reference("managingOrganization", "Organization", plan.Clinic.Id, plan.Clinic.Name).End();
        for (var i = 0; i < plan.Providers.Count; i++)
        {
            var (provider, number) = (plan.Providers[i], i);
            var family = provider.Name.Split(',')[0].Split(' ')[^1];
            yield return writer.Begin("Practitioner", provider.Id, "us-core-practitioner", since)
                .Object("identifier[]", w => w.Text("system", "https://riverside.example.org/staff").Text("value", $"S{1000 + number}"))
                .Flag("active", true).Object("name[]", w => w.Text("text", provider.Name).Text("family", family)).End();
            yield return writer.Begin("PractitionerRole", StableId.Of("practitioner-role", number), "us-core-practitionerrole", since)
                .Flag("active", true).Reference("practitioner", "Practitioner", provider.Id, provider.Name)
                .Reference("organization", "Organization", plan.Clinic.Id, plan.Clinic.Name)
                .Concept("specialty[]", null, null, provider.Specialty)
                .Reference("location[]", "Location", provider.Templates[0].LocationId)
                .Object("telecom[]", w => w.Text("system", "phone").Text("value", plan.Clinic.Phone)).End();
        }
    }

    public static StoryResource Patient(Cast cast, CastPatient patient)
    {
        var updated = cast.At(cast.Today.AddDays(-30), new TimeOnly(9, 0), patient.TimeZone);
        var writer = new ResourceWriter().Begin("Patient", patient.Id, "us-core-patient", updated)
            .Object("identifier[]", w => w.Object("type", t => t.List("coding", c => c.Text("system", ResourceWriter.Terms + "v2-0203").Text("code", "MR")))
                .Text("system", "https://riverside.example.org/charts").Text("value", patient.ChartNumber))
            .Flag("active", true)
            .Object("name[]", w => w.Text("use", "official").Text("family", patient.Family).Strings("given", patient.Given));
        if (patient.Phone is { } phone)
            writer.List("telecom", w => w.Text("system", "phone").Text("value", phone).Text("use", "mobile"),
                w => w.Text("system", "email").Text("value", patient.Email ?? "family@example.com"));
        return writer.Text("gender", patient.Sex).Date("birthDate", patient.BirthDate)
            .Object("address[]", w => Address(w, patient.Line, patient.City, patient.State, patient.PostalCode))
            .List("communication", w => w.Concept("language", "urn:ietf:bcp:47", patient.Language, patient.Language is "es" ? "Spanish" : "English").Flag("preferred", true))
            .Reference("generalPractitioner[]", "Practitioner", patient.PrimaryProviderId).End();
    }

    static void Address(ResourceWriter writer, string line, string city, string state, string postal) =>
        writer.Strings("line", line).Text("city", city).Text("state", state).Text("postalCode", postal).Text("country", "US");
}
