using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PatientPortal.Kernel.Sealing;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Kernel.Tests.Sealing;

public sealed class VaultTests
{
    static readonly byte[] One = Enumerable.Repeat((byte)1, 32).ToArray(), Two = Enumerable.Repeat((byte)2, 32).ToArray();

    [Fact]
    public void what_is_sealed_opens_again_and_only_for_its_purpose()
    {
        using var vault = new Vault(new Dictionary<int, byte[]> { [1] = One });
        var box = vault.Seal("Müller", "a.b");
        vault.OpenText(box, "a.b").ShouldBe("Müller");
        Should.Throw<SealBroken>(() => vault.Open(box, "a.c"));
    }

    [Fact]
    public void every_changed_byte_is_noticed()
    {
        using var vault = new Vault(new Dictionary<int, byte[]> { [1] = One });
        var box = vault.Seal("secret", "a.b");
        for (var i = 0; i < box.Length; i++)
        {
            var changed = (byte[])box.Clone();
            changed[i] ^= 1;
            Should.Throw<SealBroken>(() => vault.Open(changed, "a.b"));
        }
        Should.Throw<SealBroken>(() => vault.Open(box.AsSpan(0, 20), "a.b"));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(159)]
    [InlineData(160)]
    [InlineData(2_000)]
    [InlineData(3_000_000)]
    public void long_content_is_packed_and_opens_unchanged(int length)
    {
        using var vault = new Vault(new Dictionary<int, byte[]> { [1] = One });
        var text = string.Concat(Enumerable.Range(0, length / 10 + 1).Select(i => $"{{\"resourceType\":{i}}} "))[..length];
        var box = vault.Seal(text, "a.b");
        vault.OpenText(box, "a.b").ShouldBe(text);
        if (length >= 2_000) box.Length.ShouldBeLessThan(length / 2);
        Should.Throw<SealBroken>(() => vault.Open(box, "a.c"));
    }

    [Fact]
    public void what_does_not_shrink_stays_as_it_is_and_the_form_of_a_box_cannot_be_changed()
    {
        using var vault = new Vault(new Dictionary<int, byte[]> { [1] = One });
        var noise = System.Security.Cryptography.RandomNumberGenerator.GetBytes(10_000);
        var box = vault.Seal(noise, "a.b");
        box.Length.ShouldBe(noise.Length + Vault.Overhead);
        vault.Open(box, "a.b").ShouldBe(noise);
        box[0] = 2;
        Should.Throw<SealBroken>(() => vault.Open(box, "a.b"));

        var packed = vault.Seal(new string('a', 1000), "a.b");
        packed[0].ShouldBe((byte)2);
        packed[0] = 1;
        Should.Throw<SealBroken>(() => vault.Open(packed, "a.b"));
    }

    [Fact]
    public void a_new_key_seals_and_the_old_one_still_opens()
    {
        using var before = new Vault(new Dictionary<int, byte[]> { [1] = One });
        using var after = new Vault(new Dictionary<int, byte[]> { [1] = One, [2] = Two });
        var old = before.Seal("old", "a.b");
        after.OpenText(old, "a.b").ShouldBe("old");
        Vault.KeyOf(after.Seal("new", "a.b")).ShouldBe(2);
        Should.Throw<SealBroken>(() => before.Open(after.Seal("new", "a.b"), "a.b"));
    }

    [Fact]
    public void many_threads_seal_and_open_at_once()
    {
        using var vault = new Vault(new Dictionary<int, byte[]> { [1] = One });
        Parallel.For(0, 2000, i => vault.OpenText(vault.Seal($"value {i}", "a.b"), "a.b").ShouldBe($"value {i}"));
    }

    [Fact]
    public void a_key_file_is_readable_by_its_owner_only_and_grows()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("keys-").FullName, "vault.keys");
        KeyFile.AddKey(file);
        KeyFile.AddKey(file);
        using var vault = KeyFile.Open(file);
        vault.NewestKey.ShouldBe(2);
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task planted_text_is_nowhere_in_the_database_nor_in_the_outbox()
    {
        const string planted = "Zebrafink-4711", unsealed = "Plain-column-4711";
        await using var kernel = await KernelFixture.New();
        await kernel.As(async s =>
        {
            var db = s.GetRequiredService<ProbeDb>();
            db.Add(new Line { Id = Kernel.Data.Ids.Of("x"), Slot = unsealed, Text = planted });
            db.Announce(new LineNoted(Kernel.Data.Ids.Of("x"), planted), null);
            await db.Save(CancellationToken.None);
            return 0;
        });
        (await kernel.Count("SELECT COUNT(*) FROM kernel_outbox")).ShouldBe(1);
        var bytes = await DatabaseBytes.Of(kernel.Database);
        // What is not sealed is found: the search looks where the rows are.
        bytes.Hold(unsealed).ShouldBeTrue();
        bytes.Hold(planted).ShouldBeFalse();
        (await kernel.As(s => s.GetRequiredService<ProbeDb>().Lines.Select(l => l.Text).SingleAsync())).ShouldBe(planted);
    }
}
