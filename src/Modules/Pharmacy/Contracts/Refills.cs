using MediatR;

namespace PatientPortal.Pharmacy.Contracts;

/// <summary>A refill was asked for.</summary>
public sealed record RefillRequested(Guid RequestId, Guid PatientId) : INotification;

/// <summary>The clinic approved it.</summary>
public sealed record RefillApproved(Guid RequestId, Guid PatientId) : INotification;

/// <summary>The clinic denied it; reason and next step stand on the request.</summary>
public sealed record RefillDenied(Guid RequestId, Guid PatientId) : INotification;

/// <summary>The medication can be picked up.</summary>
public sealed record RefillReady(Guid RequestId, Guid PatientId) : INotification;
