namespace PatientPortal.Scheduling.Domain;

/// <summary>Where an appointment stands; the words are FHIR's.</summary>
internal enum AppointmentStatus
{
    /// <summary>Asked for elsewhere and not confirmed: never shown as a visit that will happen.</summary>
    Proposed,
    Booked,
    Arrived,
    Fulfilled,
    Missed,
    Cancelled,

    /// <summary>Should never have been there: kept, and shown to nobody.</summary>
    EnteredInError,
}

/// <summary>
/// A time that a patient has with a provider, or one that another system keeps and told us of (then without provider,
/// place and visit type of ours, and not to be changed here).
/// </summary>
internal sealed class Appointment : IVersioned
{
    const int CodeLength = 8;

    public Guid Id { get; init; }
    public Guid PatientId { get; init; }
    public Guid? ProviderId { get; private set; }
    public Guid? LocationId { get; private set; }
    public Guid? VisitTypeId { get; private set; }
    public DateTimeOffset StartsAt { get; private set; }

    /// <summary>Kept with the appointment: a new length of its visit type never resizes it.</summary>
    public DateTimeOffset EndsAt { get; private set; }

    /// <summary>The place's IANA zone, in which every time of it is said.</summary>
    public required string Zone { get; set; }

    public AppointmentStatus Status { get; private set; }

    /// <summary>
    /// True while nobody else can have this time. The database refuses a second such row that overlaps it, for its
    /// provider and for its patient; cancelled, overbooked and imported appointments do not hold theirs.
    /// </summary>
    public bool HoldsTime { get; private set; }

    /// <summary>True for one that came with another chart of the same person, at a time at which they have another visit already: both stay until somebody cancels one.</summary>
    public bool MayOverlap { get; private set; }

    /// <summary>What people read aloud; never used again.</summary>
    public string? Code { get; init; }

    public string? Reason { get; private set; }

    /// <summary>What another system calls it.</summary>
    public string? Description { get; private set; }

    public DateTimeOffset BookedAt { get; init; }

    /// <summary>Null for a visit that came about elsewhere, and for one from before this was kept: nobody guesses.</summary>
    public VisitActor? BookedBy { get; init; }

    /// <summary>Who moved it last.</summary>
    public VisitActor? MovedBy { get; private set; }

    /// <summary>Null while it stands, and when the clinic cancelled it.</summary>
    public VisitActor? CancelledBy { get; private set; }

    public DateTimeOffset? CancelledAt { get; private set; }
    public string? CancelReason { get; private set; }
    public bool CancelledByStaff { get; private set; }

    /// <summary>The system that keeps it, or null for our own.</summary>
    public string? Source { get; init; }

    /// <summary>Rises with every change; calendar files carry it as their SEQUENCE.</summary>
    public int Version { get; set; }

    public bool IsImported => Source is not null;

    public static Appointment Book(Guid id, Guid patientId, Slot slot, string reason, VisitActor by, DateTimeOffset now) => new()
    {
        BookedBy = by, Id = id, PatientId = patientId, Code = Codes.Readable(CodeLength), BookedAt = now, Reason = reason,
        ProviderId = slot.Provider.Id, LocationId = slot.Location.Id, VisitTypeId = slot.VisitType.Id, Zone = slot.Location.Zone,
        StartsAt = slot.Start, EndsAt = slot.End, Status = AppointmentStatus.Booked, HoldsTime = true,
    };

    /// <summary>One that came about elsewhere (the synthetic clinic), in whatever state it has reached.</summary>
    public static Appointment Told(
        Guid id, Guid patientId, Guid providerId, Guid locationId, Guid visitTypeId, string zone, DateTimeOffset start, DateTimeOffset end,
        string reason, DateTimeOffset bookedAt, AppointmentStatus status, string? cancelReason) => new()
    {
        Id = id, PatientId = patientId, Code = Codes.Readable(CodeLength), BookedAt = bookedAt, Reason = reason,
        ProviderId = providerId, LocationId = locationId, VisitTypeId = visitTypeId, Zone = zone, StartsAt = start, EndsAt = end,
        Status = status, HoldsTime = status is not AppointmentStatus.Cancelled,
        CancelReason = cancelReason, CancelledAt = status is AppointmentStatus.Cancelled ? bookedAt.AddHours(1) : null,
    };

    /// <summary>An appointment that another system keeps; it takes nobody's time here.</summary>
    public static Appointment Imported(Guid id, Guid patientId, string source, string zone, DateTimeOffset now) =>
        new() { Id = id, PatientId = patientId, Source = source, Zone = zone, BookedAt = now };

    /// <summary>What the other system says of it now.</summary>
    public void Follow(AppointmentStatus status, DateTimeOffset start, DateTimeOffset end, string? description) =>
        (Status, StartsAt, EndsAt, Description) = (status, start, end, description);

    /// <summary>Takes another time in one step: if the database refuses it, the old time still stands.</summary>
    public void MoveTo(Slot slot, VisitActor by)
    {
        MovedBy = by;
        (ProviderId, LocationId, VisitTypeId, Zone) = (slot.Provider.Id, slot.Location.Id, slot.VisitType.Id, slot.Location.Zone);
        (StartsAt, EndsAt, MayOverlap) = (slot.Start, slot.End, false);
    }

    /// <param name="by">Null when the clinic cancels.</param>
    public void Cancel(string reason, VisitActor? by, DateTimeOffset now)
    {
        (Status, HoldsTime) = (AppointmentStatus.Cancelled, false);
        (CancelReason, CancelledBy, CancelledByStaff, CancelledAt) = (reason, by, by is null, now);
    }
}
