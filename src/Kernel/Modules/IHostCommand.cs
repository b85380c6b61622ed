namespace PatientPortal.Kernel.Modules;

/// <summary>A slice's door at the command line of the host: <c>dotnet run --project src/Host -- import FILE</c>.</summary>
public interface IHostCommand
{
    /// <summary>Does it, and says plainly what it did.</summary>
    /// <param name="arguments">What stands behind the command's words.</param>
    /// <param name="said">The operator's screen.</param>
    /// <returns>False when it failed: the host ends with 1.</returns>
    Task<bool> Run(IReadOnlyList<string> arguments, TextWriter said, CancellationToken ct);
}

/// <summary>The words and the usage of a command.</summary>
/// <param name="words">"import", "admin create".</param>
/// <param name="usage">What follows the words, for people: "FILE|FOLDER".</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class HostCommandAttribute(string words, string usage = "") : Attribute
{
    public IReadOnlyList<string> Words { get; } = words.Split(' ');

    public string Usage => $"{words} {usage}".TrimEnd();

    /// <summary>How many arguments there must be at least.</summary>
    public int Needs { get; init; }
}
