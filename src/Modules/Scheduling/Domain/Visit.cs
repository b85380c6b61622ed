using System.Text.Json.Serialization;

namespace PatientPortal.Scheduling.Domain;

/// <summary>An appointment as a person sees it: with names, and in the time of the place where it happens.</summary>
/// <param name="Code">What people read aloud; null for a visit that another system keeps.</param>
/// <param name="Start">With the offset of <paramref name="Zone"/>.</param>
/// <param name="Zone">IANA zone.</param>
/// <param name="ChangeableUntil">Until when the patient can change or cancel it; null when they can't at all.</param>
/// <param name="Description">What another system calls it.</param>
/// <param name="Version">For <c>If-Match</c>.</param>
internal sealed record Visit(
    Guid Id, string? Code, AppointmentStatus Status, DateTimeOffset Start, DateTimeOffset End, string Zone,
    VisitKind? VisitType, VisitProvider? Provider, VisitPlace? Location, string? Reason, string? Description,
    DateTimeOffset? ChangeableUntil, DateTimeOffset? CancelledAt, string? CancelReason, bool CancelledByStaff, bool Imported, int Version)
{
    /// <summary>Whose it is; told to staff only, patients know.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public VisitPatient? Patient { get; init; }

    /// <summary>
    /// Another visit of the same patient at the same time, which came with a second chart of theirs: one of the two has to be cancelled. Told to staff only.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Guid? SameTimeAs { get; init; }

    /// <summary>Who booked it; null when that is not known.</summary>
    public VisitActor? BookedBy { get; init; }

    /// <summary>Who moved it last; null when nobody did.</summary>
    public VisitActor? MovedBy { get; init; }

    /// <summary>Who cancelled it; null when nobody did, or the clinic.</summary>
    public VisitActor? CancelledBy { get; init; }

    public static Visit Of(Appointment appointment, Supply supply, string language = "en")
    {
        var visitType = supply.VisitType(appointment.VisitTypeId);
        return new(
            appointment.Id, appointment.Code, appointment.Status,
            Zones.In(appointment.StartsAt, appointment.Zone), Zones.In(appointment.EndsAt, appointment.Zone), appointment.Zone,
            VisitKind.Of(visitType, language), VisitProvider.Of(supply.Provider(appointment.ProviderId)), VisitPlace.Of(supply.Location(appointment.LocationId)),
            appointment.Reason, appointment.Description,
            appointment.Status is AppointmentStatus.Booked && visitType is not null
                ? Zones.In(visitType.ChangeableUntil(appointment.StartsAt), appointment.Zone) : null,
            appointment.CancelledAt, appointment.CancelReason, appointment.CancelledByStaff, appointment.IsImported, appointment.Version)
        {
            BookedBy = appointment.BookedBy, MovedBy = appointment.MovedBy, CancelledBy = appointment.CancelledBy,
        };
    }

    /// <summary>As it will stand once a change of it is saved, which raises its version.</summary>
    public static Visit Saved(Appointment changed, Supply supply, string language = "en") =>
        Of(changed, supply, language) with { Version = changed.Version + 1 };

    /// <summary>What to call it in a list.</summary>
    public string Title => VisitType?.Name ?? Description ?? "";

    public int Minutes => (int)(End - Start).TotalMinutes;

    public bool IsAhead(DateTimeOffset now) => Status is AppointmentStatus.Booked or AppointmentStatus.Arrived or AppointmentStatus.Proposed && End > now;

    public bool IsChangeable(DateTimeOffset now) => ChangeableUntil >= now;
}

internal sealed record VisitKind(Guid Id, string Name, int Minutes, string Instructions)
{
    public static VisitKind? Of(VisitType? type, string language) => type is null ? null : new(type.Id, type.NameIn(language), type.Minutes, type.Instructions);
}

internal sealed record VisitProvider(Guid Id, string Name, string Title)
{
    public static VisitProvider? Of(Provider? provider) => provider is null ? null : new(provider.Id, provider.Name, provider.Title);
}

internal sealed record VisitPlace(Guid Id, string Name, string Address, string Phone, string Zone)
{
    public static VisitPlace? Of(Location? place) => place is null ? null : new(place.Id, place.Name, place.Address, place.Phone, place.Zone);
}

internal sealed record VisitPatient(Guid Id, string Name, DateOnly BirthDate, string? Phone);
