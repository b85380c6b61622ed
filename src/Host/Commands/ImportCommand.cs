namespace PatientPortal.Host.Commands;

/// <summary>Imports FHIR bundles from a file or a folder, as the staff's import page does.</summary>
static class ImportCommand
{
    public static Task<bool> Run(IServiceProvider services, string[] args, TextWriter said, CancellationToken ct) => throw new NotSupportedException();
}

/// <summary>Makes the first administrator, or another one.</summary>
static class AdminCommand
{
    public static Task<bool> Run(IServiceProvider services, string[] args, TextWriter said, CancellationToken ct) => throw new NotSupportedException();
}
