using PatientPortal.Host.Hosting;
using PatientPortal.Kernel.Modules;
using PatientPortal.Kernel.Sealing;

namespace PatientPortal.Host.Commands;

/// <summary>Makes the key file, or adds a key to it: from the next start on new values take the new key, older values stay readable.</summary>
[HostCommand("vault add-key")]
sealed class VaultCommand(Settings settings) : IHostCommand
{
    public async Task<bool> Run(IReadOnlyList<string> arguments, TextWriter said, CancellationToken ct)
    {
        // Composing the portal makes the file when there is none.
        if (!settings.KeyFileMade) KeyFile.AddKey(settings.KeyFile);
        await said.WriteLineAsync($"{(settings.KeyFileMade ? "Made" : "Added a key to")} {settings.KeyFile}. Keep a copy apart from the database: without it nothing sealed can be read.");
        return true;
    }
}
