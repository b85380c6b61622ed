namespace PatientPortal.Ui;

/// <summary>How far a <see cref="Step"/> is.</summary>
public enum StepState { Ahead, Now, Done }

/// <summary>One step on the way: "Asked", "Nov 21".</summary>
public sealed record Step(string Label, StepState State, string? When = null);
