using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PatientPortal.Interop.Tests.Domain;
using PatientPortal.Kernel.Data;
using PatientPortal.Kernel.Sealing;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Interop.Tests.ForStaff;

/// <summary>Looks into the modules' own tables: what they keep is what arrived, byte for byte.</summary>
public sealed class KeptWholeTests(PortalApp app) : IClassFixture<PortalApp>
{
    public static TheoryData<string> Samples() => BundleReaderTests.Samples();

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task every_resource_of_a_real_bundle_lies_in_its_owners_table_as_it_came(string file)
    {
        var bytes = await File.ReadAllBytesAsync(Path.Combine(BundleReaderTests.Folder()!, file));
        await (await app.SignInAs("records")).Import(bytes, source: "kept").Json();
        var kept = new Dictionary<(string Type, string Id), byte[]>();
        foreach (var table in new[] { "records_resources", "pharmacy_resources" }) await Collect(kept, table);
        using var parsed = JsonDocument.Parse(bytes);
        foreach (var resource in parsed.RootElement.GetProperty("entry").EnumerateArray().Select(e => e.GetProperty("resource")))
        {
            var (type, id) = (resource.GetProperty("resourceType").GetString()!, resource.GetProperty("id").GetString()!);
            if (type is "Patient" or "Appointment") continue;
            kept.ShouldContainKey((type, id));
            kept[(type, id)].ShouldBe(System.Text.Encoding.UTF8.GetBytes(resource.GetRawText()));
        }
    }

    async Task Collect(Dictionary<(string, string), byte[]> kept, string table)
    {
        var vault = app.Services.GetRequiredService<Vault>();
        await using var connection = await app.Database.Open(CancellationToken.None);
        await using var command = connection.Command($"SELECT type, source_id, json FROM {table} WHERE source = 'kept'");
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync()) kept[(rows.GetString(0), rows.GetString(1))] = vault.Open((byte[])rows.GetValue(2), $"{table}.json");
    }
}
