using MediatR;

namespace PatientPortal.Records.Contracts;

/// <summary>Results of a patient may now be read by them. Raised once a batch, never once an analyte; says nothing about the tests.</summary>
public sealed record ResultsReleased(Guid BatchId, Guid PatientId, int Count) : INotification;

/// <summary>A document was added to a patient's record.</summary>
public sealed record DocumentAdded(Guid DocumentId, Guid PatientId) : INotification;
