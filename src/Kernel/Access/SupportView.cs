namespace PatientPortal.Kernel.Access;

/// <summary>A staff member looks at one patient's pages as the patient sees them, for a few minutes and without changing anything.</summary>
/// <param name="PatientId">Whose pages; no other patient's open.</param>
/// <param name="EndsAt">It ends by itself.</param>
/// <param name="Reason">As the staff member gave it; the patient reads it in their access log.</param>
public sealed record SupportView(Guid PatientId, DateTimeOffset EndsAt, string Reason);

/// <summary>Carried by the doors that stay open to a staff session with an open support view: those that end it.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class EndsSupportViewAttribute : Attribute;

/// <summary>Carried by the doors, and by requests behind doors that name no patient, at which a protected chart is opened with a reason, or its protection decided: they show none of what is in it.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StandsBeforeChartAttribute : Attribute;
