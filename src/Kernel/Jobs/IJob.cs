namespace PatientPortal.Kernel.Jobs;

/// <summary>Work that recurs. Only the Host knows the scheduler; a module says what and when.</summary>
public interface IJob
{
    /// <summary>Runs once. Must be safe to run twice, at once or after a crash.</summary>
    /// <returns>A plain sentence for the staff page: "Sent 3 reminders."</returns>
    Task<string> Run(CancellationToken ct);
}

/// <summary>When a job runs and what it is for. Either every so many seconds, or daily at a local time of the clinic.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class JobAttribute(string name) : Attribute
{
    public string Name => name;
    public string Says { get; init; } = "";

    /// <summary>Seconds between two runs.</summary>
    public int EverySeconds { get; init; }

    /// <summary>"02:30", in the clinic's zone.</summary>
    public string? DailyAt { get; init; }
}

/// <summary>One declared job.</summary>
public sealed record JobDeclaration(string Name, string Says, TimeSpan? Every, TimeOnly? DailyAt, Type Type)
{
    public string When => Every is { } every
        ? every < TimeSpan.FromMinutes(2) ? $"every {every.TotalSeconds:0} seconds" : $"every {every.TotalMinutes:0} minutes"
        : $"daily at {DailyAt:HH\\:mm}";
}
