using System.Text;
using System.Text.Json;

namespace PatientPortal.Identity.Tests;

/// <summary>Sample data that may lie in a folder "shared" beside the clone; tests that need it skip, visibly, where it does not.</summary>
static class SharedData
{
    public static string? Find(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "shared", "data", path))) return Path.Combine(folder.FullName, "shared", "data", path);
        return null;
    }

    public static List<byte[]> PatientsIn(string file)
    {
        using var bundle = JsonDocument.Parse(File.ReadAllBytes(file));
        return [.. bundle.RootElement.GetProperty("entry").EnumerateArray()
            .Select(e => e.GetProperty("resource"))
            .Where(r => r.GetProperty("resourceType").GetString() is "Patient")
            .Select(r => Encoding.UTF8.GetBytes(r.GetRawText()))];
    }
}
