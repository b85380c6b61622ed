namespace PatientPortal.Kernel.Modules;

/// <summary>The portal can't start: a setting is missing or wrong, or the database does not fit. The message says what to do; no stack is needed.</summary>
public sealed class CannotStart(string message) : Exception(message);
