using MediatR;

namespace PatientPortal.Messaging.Contracts;

/// <summary>A patient, or somebody for them, wrote to a team.</summary>
public sealed record MessageSent(Guid ThreadId, Guid MessageId, Guid PatientId) : INotification;

/// <summary>The care team answered.</summary>
public sealed record MessageAnswered(Guid ThreadId, Guid MessageId, Guid PatientId) : INotification;

/// <summary>A notice could not be delivered after every try; a person has to look.</summary>
public sealed record DeliveryFailed(Guid DeliveryId, Guid? PatientId, string Channel) : INotification;
