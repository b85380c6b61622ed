using System.Buffers.Binary;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using PatientPortal.Kernel.Data;
using PatientPortal.Kernel.Sealing;

namespace PatientPortal.Kernel.Auditing;

/// <summary>Where the signed heads of the chain are copied: a file outside the database, or null for none.</summary>
public sealed record AuditHeads(string? File);

/// <summary>
/// Links the rows of the trail: each link covers the rows committed since the last, holds a short digest of each (so that a broken one can be
/// named) and <c>hash = SHA-256(previous hash || rows)</c>. One linker at a time; a row waits at most about a second for its link.
/// The head is signed with a key that is not in the database and copied to a file: only that finds a cut tail.
/// </summary>
public sealed class AuditChain(PortalDatabase database, Vault vault, AuditHeads heads, ILogger<AuditChain> log) : BackgroundService
{
    const int Most = 4096;
    const long Window = 100_000;
    const string Signature = "kernel_audit_links.head";

    static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                while (await Link(stoppingToken) == Most) { }
                await Task.Delay(Pause, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception e)
            {
                log.LogError("The audit chain could not be extended: {Kind}", e.GetType().Name);
                await Task.Delay(Pause, CancellationToken.None);
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        while (await Link(CancellationToken.None) == Most) { }
    }

    /// <summary>Links what is not linked yet, at most 4,096 rows; gives how many.</summary>
    public async Task<int> Link(CancellationToken ct)
    {
        if (!await HasUnlinked(ct)) return 0;
        var (count, head) = await database.Write(background: true, async (connection, transaction) =>
        {
            if (database.Engine is Engine.PostgreSql)
            {
                await using var only = connection.Command("SELECT pg_advisory_xact_lock(7235091)");
                only.Transaction = transaction;
                await only.ExecuteNonQueryAsync(ct);
            }
            var last = await Last(connection, transaction, ct);
            var rows = await Unlinked(connection, transaction, last, ct);
            if (rows.Count == 0) return (0, null as string);
            var (digests, hash) = Digest(last.Hash, rows);
            await using var insert = connection.Command(
                "INSERT INTO kernel_audit_links (n, first_seq, last_seq, count, digests, hash) VALUES (@n, @first, @last, @count, @digests, @hash)",
                ("n", last.N + 1), ("first", rows.Min(r => r.Seq)), ("last", Math.Max(last.LastSeq, rows.Max(r => r.Seq))), ("count", rows.Count), ("digests", digests), ("hash", hash));
            insert.Transaction = transaction;
            await insert.ExecuteNonQueryAsync(ct);
            return (rows.Count, Head(last.N + 1, hash));
        }, ct);
        if (head is not null && heads.File is { } file) await Copy(file, head, ct);
        return count;
    }

    /// <summary>On the disk before this ends. A line that a crash tore stays as it is, and the next begins on its own.</summary>
    static async Task Copy(string file, string head, CancellationToken ct)
    {
        await using var stream = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        var torn = false;
        if (stream.Length > 0)
        {
            stream.Seek(-1, SeekOrigin.End);
            torn = stream.ReadByte() is not '\n';
        }
        await stream.WriteAsync(Encoding.ASCII.GetBytes((torn ? "\n" : "") + head + "\n"), ct);
        stream.Flush(flushToDisk: true);
    }

    async Task<bool> HasUnlinked(CancellationToken ct)
    {
        await using var connection = await database.Open(ct);
        await using var command = connection.Command(
            "SELECT COALESCE((SELECT MAX(seq) FROM kernel_audit), 0) > COALESCE((SELECT last_seq FROM kernel_audit_links ORDER BY n DESC LIMIT 1), 0)");
        return Convert.ToBoolean(await command.ExecuteScalarAsync(ct), System.Globalization.CultureInfo.InvariantCulture);
    }

    string Head(long n, byte[] hash)
    {
        var text = $"{n} {Convert.ToHexStringLower(hash)}";
        return $"{text} {Convert.ToHexStringLower(vault.Fingerprinted(Encoding.ASCII.GetBytes(text), Signature))}";
    }

    /// <summary>Reads the whole trail and its links again, a link at a time: what it holds in memory doesn't grow with the trail.</summary>
    /// <returns>Null when all is as it was written; otherwise what is wrong first, by number.</returns>
    public async Task<string?> Verify(CancellationToken ct)
    {
        await using var connection = await database.Open(ct);
        await using var walk = await database.Open(ct);
        var hashes = new List<byte[]>();
        var (previous, last) = (new byte[32], 0L);
        // Rows between those of a link that are not of it: on PostgreSQL a later link's, for smaller numbers may commit later.
        var strangers = new HashSet<long>();
        await using var command = walk.Command("SELECT n, digests, hash FROM kernel_audit_links ORDER BY n");
        await using var links = await command.ExecuteReaderAsync(ct);
        while (await links.ReadAsync(ct))
        {
            var (n, digests, hash) = (links.GetInt64(0), (byte[])links.GetValue(1), (byte[])links.GetValue(2));
            if (n != hashes.Count + 1) return $"Link {hashes.Count + 1} is missing.";
            if (digests.Length % 16 != 0) return $"Link {n} was changed.";
            var seqs = Enumerable.Range(0, digests.Length / 16).Select(d => BinaryPrimitives.ReadInt64BigEndian(digests.AsSpan(d * 16))).ToList();
            var rows = await RowsOf(connection, seqs, last, ct);
            for (var d = 0; d < seqs.Count; d++)
            {
                if (!rows.TryGetValue(seqs[d], out var row)) return $"Record {seqs[d]} is missing.";
                if (!row.Digest.AsSpan(0, 8).SequenceEqual(digests.AsSpan(d * 16 + 8, 8))) return $"Record {seqs[d]} was changed.";
            }
            if (!Chain(previous, seqs.Select(s => rows[s])).AsSpan().SequenceEqual(hash)) return $"Link {n} was changed.";
            strangers.UnionWith(rows.Keys);
            strangers.ExceptWith(seqs);
            if (database.Engine is Engine.Sqlite && strangers.Count > 0) return $"Record {strangers.Min()} was added.";
            (previous, last) = (hash, Math.Max(last, seqs.Count > 0 ? seqs.Max() : 0));
            hashes.Add(hash);
        }
        // What lies far below the last link can't be a transaction that is still to be linked.
        if (strangers.Where(s => s < last - Window).Order().FirstOrDefault() is > 0 and var added) return $"Record {added} was added.";
        return CutTail(hashes);
    }

    string? CutTail(List<byte[]> links)
    {
        if (heads.File is not { } file || !File.Exists(file)) return null;
        foreach (var line in File.ReadLines(file).Where(l => l.Length > 0))
        {
            if (IsTorn(line, links)) continue;
            var parts = line.Split(' ');
            if (parts.Length != 3 || !long.TryParse(parts[0], out var n)) return "The file of signed heads was changed.";
            if (Head(n, Convert.FromHexString(parts[1])) != line) return $"The signed head {n} is not ours.";
            if (n > links.Count) return $"The trail ends at link {links.Count}; link {n} was signed: the tail was cut.";
            if (!Convert.FromHexString(parts[1]).AsSpan().SequenceEqual(links[(int)n - 1])) return $"Link {n} is not the one that was signed.";
        }
        return null;
    }

    /// <summary>The beginning of a head that is right: the portal died while it was copied.</summary>
    bool IsTorn(string line, List<byte[]> links)
    {
        var n = line.AsSpan(0, line.IndexOf(' ') is >= 0 and var end ? end : line.Length);
        if (line.IndexOf(' ') < 0) return n.IndexOfAnyExceptInRange('0', '9') < 0;
        return long.TryParse(n, out var number) && number >= 1 && number <= links.Count
            && Head(number, links[(int)number - 1]) is var right && line.Length < right.Length && right.StartsWith(line, StringComparison.Ordinal);
    }

    sealed record Row(long Seq, byte[] Digest);

    static async Task<(long N, long LastSeq, byte[] Hash)> Last(DbConnection connection, DbTransaction? transaction, CancellationToken ct)
    {
        await using var command = connection.Command("SELECT n, last_seq, hash FROM kernel_audit_links ORDER BY n DESC LIMIT 1");
        command.Transaction = transaction;
        await using var row = await command.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? (row.GetInt64(0), row.GetInt64(1), (byte[])row.GetValue(2)) : (0, 0, new byte[32]);
    }

    async Task<List<Row>> Unlinked(DbConnection connection, DbTransaction? transaction, (long N, long LastSeq, byte[] Hash) last, CancellationToken ct)
    {
        // On SQLite rows commit in the order of their numbers. On PostgreSQL a smaller number may commit later: look back over a window.
        List<long>? before = null;
        if (database.Engine is Engine.PostgreSql)
        {
            await using var links = connection.Command("SELECT digests FROM kernel_audit_links WHERE last_seq > @floor", ("floor", last.LastSeq - Window));
            links.Transaction = transaction;
            await using var rows = await links.ExecuteReaderAsync(ct);
            before = [];
            while (await rows.ReadAsync(ct))
            {
                var digests = (byte[])rows.GetValue(0);
                for (var d = 0; d < digests.Length; d += 16) before.Add(BinaryPrimitives.ReadInt64BigEndian(digests.AsSpan(d)));
            }
        }
        var known = before?.ToHashSet();
        await using var command = connection.Command(
            $"SELECT {Canonical} FROM kernel_audit WHERE seq > @floor ORDER BY seq LIMIT @most",
            ("floor", known is null ? last.LastSeq : last.LastSeq - Window), ("most", known is null ? Most : Most + (int)Window));
        command.Transaction = transaction;
        var unlinked = new List<Row>();
        await using var read = await command.ExecuteReaderAsync(ct);
        while (unlinked.Count < Most && await read.ReadAsync(ct))
            if (known?.Contains(read.GetInt64(0)) is not true) unlinked.Add(Digest(read));
        return unlinked;
    }

    /// <summary>The rows of a link, and whatever else stands between them and the link before.</summary>
    static async Task<Dictionary<long, Row>> RowsOf(DbConnection connection, List<long> seqs, long last, CancellationToken ct)
    {
        if (seqs.Count == 0) return [];
        await using var command = connection.Command(
            $"SELECT {Canonical} FROM kernel_audit WHERE seq BETWEEN @first AND @last", ("first", Math.Min(seqs.Min(), last + 1)), ("last", seqs.Max()));
        await using var rows = await command.ExecuteReaderAsync(ct);
        var found = new Dictionary<long, Row>();
        while (await rows.ReadAsync(ct)) found[rows.GetInt64(0)] = Digest(rows);
        return found;
    }

    const string Canonical = AuditReader.Columns + ", " + AuditReader.Added;
    const int Original = 15;

    /// <summary>The record in one unambiguous form: each field with its length. Of the columns that came later only those that hold something, by name.</summary>
    static Row Digest(DbDataReader row)
    {
        var text = new StringBuilder();
        for (var i = 0; i < row.FieldCount; i++)
        {
            if (i >= Original && row.IsDBNull(i)) continue;
            var value = row.IsDBNull(i) ? null : Said(row, i);
            if (i >= Original) text.Append(row.GetName(i)).Append('=');
            text.Append(value is null ? "-" : value.Length.ToString(System.Globalization.CultureInfo.InvariantCulture)).Append(':').Append(value).Append(';');
        }
        return new(row.GetInt64(0), SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    static string? Said(DbDataReader row, int i) =>
        IsId(row.GetName(i)) || row.GetFieldType(i) == typeof(Guid) ? row.GetGuid(i).ToString("N")
        : row.GetName(i) is "detail" ? Convert.ToHexString((byte[])row.GetValue(i))
        : Convert.ToString(row.GetValue(i), System.Globalization.CultureInfo.InvariantCulture);

    static bool IsId(string column) => column is "actor_id" or "patient_id" or "session_id";

    static (byte[] Digests, byte[] Hash) Digest(byte[] previous, List<Row> rows)
    {
        var digests = new byte[rows.Count * 16];
        for (var i = 0; i < rows.Count; i++)
        {
            BinaryPrimitives.WriteInt64BigEndian(digests.AsSpan(i * 16), rows[i].Seq);
            rows[i].Digest.AsSpan(0, 8).CopyTo(digests.AsSpan(i * 16 + 8));
        }
        return (digests, Chain(previous, rows));
    }

    static byte[] Chain(byte[] previous, IEnumerable<Row> rows)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(previous);
        foreach (var row in rows) hash.AppendData(row.Digest);
        return hash.GetHashAndReset();
    }
}
