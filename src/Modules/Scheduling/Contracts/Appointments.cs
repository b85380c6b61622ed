using MediatR;

namespace PatientPortal.Scheduling.Contracts;

/// <summary>A patient now holds a time. Raised once an appointment, in the transaction that takes it.</summary>
/// <param name="StartsAt">The instant, with the clinic's offset.</param>
/// <param name="TimeZone">The location's IANA zone.</param>
public sealed record AppointmentBooked(Guid AppointmentId, Guid PatientId, DateTimeOffset StartsAt, string TimeZone) : INotification;

/// <summary>The appointment moved to another time or provider; the old time is free again.</summary>
public sealed record AppointmentRescheduled(Guid AppointmentId, Guid PatientId, DateTimeOffset From, DateTimeOffset StartsAt, string TimeZone) : INotification;

/// <summary>The appointment will not take place.</summary>
/// <param name="ByStaff">True when the clinic cancelled it.</param>
public sealed record AppointmentCancelled(Guid AppointmentId, Guid PatientId, DateTimeOffset StartsAt, string TimeZone, bool ByStaff) : INotification;

/// <summary>A reminder of an appointment is due now. Raised once for each reminder, whatever crashes or runs twice.</summary>
public sealed record ReminderDue(Guid ReminderId, Guid AppointmentId, Guid PatientId, DateTimeOffset StartsAt, string TimeZone) : INotification;
