using System.Text;
using PatientPortal.Scheduling.Domain;

namespace PatientPortal.Scheduling.Tests.Domain;

public class FhirAppointmentTests
{
    static (FhirAppointment? Read, FhirAppointment.Fault? Fault) Read(string json) => FhirAppointment.TryRead(Encoding.UTF8.GetBytes(json));

    [Fact]
    public void status_times_words_and_version_are_read()
    {
        var (read, fault) = Read("""
            {"resourceType":"Appointment","id":"a1","meta":{"lastUpdated":"2026-11-20T10:00:00Z"},"status":"booked",
             "appointmentType":{"coding":[{"display":"Follow-up"}]},"start":"2026-11-26T09:00:00-05:00","minutesDuration":20,
             "participant":[{"actor":{"reference":"Patient/p"},"status":"accepted"}]}
            """);
        fault.ShouldBeNull();
        read.ShouldBe(new FhirAppointment(AppointmentStatus.Booked, A.At("2026-11-26T09:00:00-05:00"), A.At("2026-11-26T09:20:00-05:00"), "Follow-up", A.At("2026-11-20T10:00:00Z")));
    }

    [Theory]
    [InlineData("""{"resourceType":"Appointment"}""", "Appointment.status")]
    [InlineData("""{"resourceType":"Appointment","status":"maybe"}""", "Appointment.status")]
    [InlineData("""{"resourceType":"Appointment","status":7}""", "Appointment")]
    [InlineData("""{"resourceType":"Appointment","status":"booked"}""", "Appointment.start")]
    [InlineData("""{"resourceType":"Appointment","status":"booked","start":"2026-11-26T09:00:00","end":"2026-11-26T09:30:00Z"}""", "Appointment.start")]
    [InlineData("""{"resourceType":"Appointment","status":"booked","start":"2026-11-26T09:00:00Z"}""", "Appointment.end")]
    [InlineData("""{"resourceType":"Appointment","status":"booked","start":"2026-11-26T09:00:00Z","end":"2026-11-26T08:00:00Z"}""", "Appointment.end")]
    [InlineData("""{"resourceType":"Patient"}""", "Appointment.resourceType")]
    [InlineData("""[]""", "Appointment.resourceType")]
    [InlineData("""{"resourceType":"Appoin""", "Appointment")]
    public void what_cannot_be_kept_is_named_by_its_element(string json, string element) => Read(json).Fault!.Element.ShouldBe(element);

    [Fact]
    public void what_is_nested_too_deeply_is_refused_and_nothing_breaks() =>
        Read(string.Concat(Enumerable.Repeat("""{"a":""", 200)) + "1" + new string('}', 200)).Fault!.Element.ShouldBe("Appointment");
}
