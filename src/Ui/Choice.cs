namespace PatientPortal.Ui;

/// <summary>One choice of a <see cref="SelectField{TValue}"/> or <see cref="RadioGroup{TValue}"/>.</summary>
public sealed record Choice(string Value, string Label, string? Hint = null, bool Disabled = false);
