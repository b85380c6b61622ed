using System.Globalization;
using System.Text.Json;

namespace PatientPortal.Scheduling.Domain;

/// <summary>What we read of a FHIR R4 Appointment (hl7.org/fhir/R4/appointment.html); everything else stays in its bytes.</summary>
internal sealed record FhirAppointment(
    AppointmentStatus Status, DateTimeOffset? Start, DateTimeOffset? End, string? Description, DateTimeOffset? LastUpdated)
{
    /// <summary>Why a resource was not taken: the element at fault, and what is wrong with it, without its content.</summary>
    public sealed record Fault(string Element, string Reason);

    public static (FhirAppointment? Read, Fault? Fault) TryRead(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return Read(document.RootElement);
        }
        catch (JsonException)
        {
            return (null, new("Appointment", "It is not well-formed JSON, or nested too deeply."));
        }
        catch (InvalidOperationException)
        {
            return (null, new("Appointment", "An element has another type than the standard gives it."));
        }
    }

    static (FhirAppointment?, Fault?) Read(JsonElement root)
    {
        if (root.ValueKind is not JsonValueKind.Object || Text(root, "resourceType") is not "Appointment")
            return (null, new("Appointment.resourceType", "It is not an Appointment."));

        if (Text(root, "status") is not { } code) return (null, new("Appointment.status", "It is missing."));
        if (StatusOf(code) is not { } status) return (null, new("Appointment.status", "It is not a status of an appointment."));

        if (!TryInstant(root, "start", out var start)) return (null, new("Appointment.start", "It is not an instant with a zone."));
        if (!TryInstant(root, "end", out var end)) return (null, new("Appointment.end", "It is not an instant with a zone."));
        // app-3: only what is proposed, waiting or cancelled may have no time.
        if (start is null && status is not (AppointmentStatus.Proposed or AppointmentStatus.Cancelled or AppointmentStatus.EnteredInError))
            return (null, new("Appointment.start", "An appointment with this status needs a start."));
        if (start is not null && end is null && root.TryGetProperty("minutesDuration", out var minutes) && minutes.TryGetInt32(out var length) && length > 0)
            end = start.Value.AddMinutes(length);
        // app-2: start and end come together.
        if (start is null != end is null) return (null, new(start is null ? "Appointment.start" : "Appointment.end", "Start and end come together."));
        if (end < start) return (null, new("Appointment.end", "It lies before the start."));

        var lastUpdated = root.TryGetProperty("meta", out var meta) && TryInstant(meta, "lastUpdated", out var at) ? at : null;
        return (new(status, start, end, Text(root, "description") ?? Concept(root), lastUpdated), null);
    }

    static AppointmentStatus? StatusOf(string code) => code switch
    {
        "proposed" or "pending" or "waitlist" => AppointmentStatus.Proposed,
        "booked" => AppointmentStatus.Booked,
        "arrived" or "checked-in" => AppointmentStatus.Arrived,
        "fulfilled" => AppointmentStatus.Fulfilled,
        "noshow" => AppointmentStatus.Missed,
        "cancelled" => AppointmentStatus.Cancelled,
        "entered-in-error" => AppointmentStatus.EnteredInError,
        _ => null,
    };

    /// <summary>The words of the first appointmentType, serviceType or reasonCode that has some.</summary>
    static string? Concept(JsonElement root)
    {
        foreach (var name in (ReadOnlySpan<string>)["appointmentType", "serviceType", "reasonCode"])
        {
            if (!root.TryGetProperty(name, out var value)) continue;
            var concept = value.ValueKind is JsonValueKind.Array ? value.EnumerateArray().FirstOrDefault() : value;
            if (concept.ValueKind is not JsonValueKind.Object) continue;
            if (Text(concept, "text") is { } text) return text;
            if (concept.TryGetProperty("coding", out var codings) && codings.EnumerateArray().Select(c => Text(c, "display")).FirstOrDefault(d => d is not null) is { } display)
                return display;
        }
        return null;
    }

    static string? Text(JsonElement of, string name) => of.TryGetProperty(name, out var value) ? value.GetString() : null;

    static bool TryInstant(JsonElement of, string name, out DateTimeOffset? at)
    {
        at = null;
        if (!of.TryGetProperty(name, out var value)) return true;
        var text = value.GetString() ?? "";
        // FHIR's instant always has a zone; without one the text would be read in the server's.
        if (!text.Contains('T') || !(text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > text.IndexOf('T'))) return false;
        if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var read)) return false;
        at = read;
        return true;
    }
}
