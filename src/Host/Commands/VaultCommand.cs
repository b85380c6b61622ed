using PatientPortal.Host.Hosting;
using PatientPortal.Kernel.Sealing;

namespace PatientPortal.Host.Commands;

/// <summary>Makes the key file, or adds a key to it: from the next start on new values take the new key, older values stay readable.</summary>
static class VaultCommand
{
    public static async Task<bool> Run(IServiceProvider services, string[] args, TextWriter said, CancellationToken ct)
    {
        var builder = WebApplication.CreateBuilder();
        var file = builder.Configuration["Vault:KeyFile"];
        if (file is null && builder.Environment.IsProduction()) throw new WrongSetting("Vault__KeyFile is not set. It names the file to make.");
        file ??= Settings.Read(builder.Configuration, builder.Environment).KeyFile;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        KeyFile.AddKey(file);
        await said.WriteLineAsync($"Added a key to {file}. Keep a copy apart from the database: without it nothing sealed can be read.");
        return true;
    }
}
