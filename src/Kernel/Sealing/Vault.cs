using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace PatientPortal.Kernel.Sealing;

/// <summary>A sealed value could not be opened: wrong key, another column's value, or changed bytes. Says nothing of the content.</summary>
public sealed class SealBroken(string purpose) : Exception($"A sealed value of {purpose} could not be opened.");

/// <summary>
/// Seals what people wrote or measured with AES-256-GCM (NIST SP 800-38D: 96-bit random nonce, 128-bit tag). The key ring does not live in
/// the database. The envelope is version (1 byte), key id (4), nonce (12), tag (16), ciphertext; the purpose (table.column) is authenticated, so
/// a value can't be moved to another column. New values take the newest key; older keys still open theirs: rotation needs no downtime.
/// Longer content is packed before it is sealed (Brotli, RFC 7932): a FHIR resource takes a third. Then the version is 2, which is authenticated
/// too, and the plain length (4 bytes) stands before the packed bytes.
/// </summary>
public sealed class Vault : IDisposable
{
    const byte Plain = 1, Packed = 2;
    const int Head = 1 + 4, Nonce = 12, Tag = 16, PackedHead = 4;

    /// <summary>Shorter content gains nothing by packing.</summary>
    const int WorthPacking = 160;

    /// <summary>Bytes that sealing adds.</summary>
    public const int Overhead = Head + Nonce + Tag;

    readonly FrozenDictionary<int, Key> keys;
    readonly Key newest;

    public Vault(IReadOnlyDictionary<int, byte[]> ring)
    {
        if (ring.Count == 0) throw new ArgumentException("The key ring is empty.", nameof(ring));
        if (ring.Values.Any(k => k.Length != 32)) throw new ArgumentException("Each key has 32 bytes.", nameof(ring));
        keys = ring.ToFrozenDictionary(k => k.Key, k => new Key(k.Key, k.Value));
        newest = keys[ring.Keys.Max()];
        Fingerprint = Convert.ToHexStringLower(SHA256.HashData([.. ring.OrderBy(k => k.Key).SelectMany(k => k.Value)])[..8]);
    }

    /// <summary>Names the ring without telling it.</summary>
    public string Fingerprint { get; }

    /// <summary>The key id that new values carry.</summary>
    public int NewestKey => newest.Id;

    /// <summary>The key id of a sealed value.</summary>
    public static int KeyOf(ReadOnlySpan<byte> box) => BinaryPrimitives.ReadInt32BigEndian(box[1..]);

    /// <param name="pack">False for what is gone in a week anyway: packing costs more than sealing.</param>
    public byte[] Seal(ReadOnlySpan<byte> content, string purpose, bool pack = true)
    {
        if (!pack || content.Length < WorthPacking) return Seal(Plain, content, Purpose(purpose));
        var room = ArrayPool<byte>.Shared.Rent(content.Length);
        try
        {
            // Packed must be shorter by a tenth, or opening it is not worth the work.
            var most = room.AsSpan(PackedHead, content.Length - PackedHead - content.Length / 10);
            if (!BrotliEncoder.TryCompress(content, most, out var packed, quality: 5, window: 18)) return Seal(Plain, content, Purpose(purpose));
            BinaryPrimitives.WriteInt32BigEndian(room, content.Length);
            return Seal(Packed, room.AsSpan(0, PackedHead + packed), PackedPurpose(purpose));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(room, clearArray: true);
        }
    }

    byte[] Seal(byte version, ReadOnlySpan<byte> content, byte[] authenticated)
    {
        var box = new byte[Overhead + content.Length];
        box[0] = version;
        BinaryPrimitives.WriteInt32BigEndian(box.AsSpan(1), newest.Id);
        var nonce = box.AsSpan(Head, Nonce);
        RandomNumberGenerator.Fill(nonce);
        var cipher = newest.Rent();
        cipher.Encrypt(nonce, content, box.AsSpan(Overhead), box.AsSpan(Head + Nonce, Tag), authenticated);
        newest.Return(cipher);
        return box;
    }

    public byte[] Seal(string content, string purpose, bool pack = true) => Seal(Encoding.UTF8.GetBytes(content), purpose, pack);

    /// <exception cref="SealBroken">Wrong key, wrong purpose, or changed bytes.</exception>
    public byte[] Open(ReadOnlySpan<byte> box, string purpose)
    {
        if (box.Length < Overhead || box[0] is not (Plain or Packed) || !keys.TryGetValue(KeyOf(box), out var key)) throw new SealBroken(purpose);
        var packed = box[0] is Packed;
        var content = new byte[box.Length - Overhead];
        var cipher = key.Rent();
        try
        {
            cipher.Decrypt(box.Slice(Head, Nonce), box[Overhead..], box.Slice(Head + Nonce, Tag), content, packed ? PackedPurpose(purpose) : Purpose(purpose));
        }
        catch (CryptographicException)
        {
            throw new SealBroken(purpose);
        }
        finally
        {
            key.Return(cipher);
        }
        if (!packed) return content;

        // The tag has shown that these bytes are our own.
        var plain = new byte[BinaryPrimitives.ReadInt32BigEndian(content)];
        return BrotliDecoder.TryDecompress(content.AsSpan(PackedHead), plain, out var length) && length == plain.Length ? plain : throw new SealBroken(purpose);
    }

    public string OpenText(ReadOnlySpan<byte> box, string purpose) => Encoding.UTF8.GetString(Open(box, purpose));

    /// <summary>A keyed fingerprint (HMAC-SHA-256): equal for equal content, and no help in guessing it.</summary>
    public byte[] Fingerprinted(ReadOnlySpan<byte> content, string purpose) =>
        HMACSHA256.HashData(keys[keys.Keys.Min()].Derived, (byte[])[.. Purpose(purpose), 0, .. content]);

    static readonly ConcurrentDictionary<string, byte[]> Purposes = new();

    static readonly ConcurrentDictionary<string, byte[]> PackedPurposes = new();

    static byte[] PackedPurpose(string purpose) => PackedPurposes.GetOrAdd(purpose, static p => [.. Encoding.UTF8.GetBytes(p), 0, Packed]);

    static byte[] Purpose(string purpose) => Purposes.GetOrAdd(purpose, static p => Encoding.UTF8.GetBytes(p));

    public void Dispose()
    {
        foreach (var key in keys.Values) key.Dispose();
    }

    sealed class Key(int id, byte[] secret) : IDisposable
    {
        // AesGcm is not safe for concurrent use; making one expands the key each time.
        readonly ConcurrentBag<AesGcm> idle = [];

        public int Id => id;

        public byte[] Derived { get; } = HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, info: "fingerprint"u8.ToArray());

        public AesGcm Rent() => idle.TryTake(out var cipher) ? cipher : new AesGcm(secret, Tag);

        public void Return(AesGcm cipher) => idle.Add(cipher);

        public void Dispose()
        {
            while (idle.TryTake(out var cipher)) cipher.Dispose();
        }
    }
}

/// <summary>The key file: JSON, <c>{"1": "base64 of 32 bytes", "2": ...}</c>, readable by the portal's user only.</summary>
public static class KeyFile
{
    static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    public static Vault Open(string path)
    {
        var ring = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(path))
            ?? throw new InvalidDataException($"Vault__KeyFile: {path} holds no keys.");
        return new(ring.ToDictionary(k => int.Parse(k.Key, System.Globalization.CultureInfo.InvariantCulture), k => Convert.FromBase64String(k.Value)));
    }

    /// <summary>Makes a key file, or adds a key to one: the next start seals with it, and still opens what older keys sealed.</summary>
    public static void AddKey(string path)
    {
        var ring = File.Exists(path) ? JsonSerializer.Deserialize<SortedDictionary<string, string>>(File.ReadAllText(path))! : [];
        var next = ring.Count == 0 ? 1 : ring.Keys.Max(k => int.Parse(k, System.Globalization.CultureInfo.InvariantCulture)) + 1;
        ring[next.ToString(System.Globalization.CultureInfo.InvariantCulture)] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        var fresh = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(fresh, options))
        {
            JsonSerializer.Serialize(file, ring, Json);
            file.Flush(flushToDisk: true);
        }
        File.Move(fresh, path, overwrite: true);
    }
}
