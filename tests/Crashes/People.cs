using System.Buffers.Binary;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using PatientPortal.Synthetic;

namespace PatientPortal.Crashes;

/// <summary>Somebody who is signed in. Sessions live in the database: they go on after a crash.</summary>
internal sealed class Person(string userName, HttpClient client, bool isStaff)
{
    /// <summary>Well within the quarter of an hour after which a staff member's token ends.</summary>
    static readonly TimeSpan Again = TimeSpan.FromMinutes(8);

    string token = "";
    long signedIn;

    public string UserName => userName;

    public Task StaySignedIn(CancellationToken ct) => TimeProvider.System.GetElapsedTime(signedIn) < Again ? Task.CompletedTask : SignIn(ct);

    public async Task SignIn(CancellationToken ct)
    {
        object body = isStaff ? new { username = userName, password = Cast.Password, code = Code(TimeProvider.System.GetUtcNow()) } : new { username = userName, password = Cast.Password };
        using var answer = await client.PostAsJsonAsync("api/v1/sign-in", body, ct);
        answer.EnsureSuccessStatusCode();
        token = (await answer.Content.ReadFromJsonAsync<JsonElement>(ct)).GetProperty("accessToken").GetString()!;
        signedIn = TimeProvider.System.GetTimestamp();
    }

    public async Task<(int Status, string Body)> Post(string path, HttpContent content, string key, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
        request.Headers.Add("Idempotency-Key", key);
        return await Send(request, ct);
    }

    public async Task<JsonElement> Get(string path, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        var (status, body) = await Send(request, ct);
        return status is 200 ? JsonDocument.Parse(body).RootElement : throw new InvalidOperationException($"GET {path}: {status} {body}");
    }

    /// <summary>All items of a list, page by page.</summary>
    public async Task<List<JsonElement>> All(string path, CancellationToken ct)
    {
        var items = new List<JsonElement>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await Get($"{path}{(path.Contains('?') ? '&' : '?')}limit=100{(cursor.Length > 0 ? "&cursor=" + Uri.EscapeDataString(cursor) : "")}", ct);
            items.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.GetProperty("next").GetString();
        }
        return items;
    }

    async Task<(int, string)> Send(HttpRequestMessage request, CancellationToken ct)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await client.SendAsync(request, ct);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(ct));
    }

    /// <summary>RFC 6238 with SHA-1, 6 digits, 30 seconds.</summary>
    static string Code(DateTimeOffset at)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, at.ToUnixTimeSeconds() / 30);
        var hash = HMACSHA1.HashData(Base32(Cast.TotpSecret), counter);
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 15)) & int.MaxValue;
        return (number % 1_000_000).ToString("000000", System.Globalization.CultureInfo.InvariantCulture);
    }

    static byte[] Base32(string text)
    {
        var (bytes, bits, value) = (new List<byte>(), 0, 0);
        foreach (var c in text)
        {
            value = (value << 5 | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c)) & 0xFFFF;
            if ((bits += 5) < 8) continue;
            bits -= 8;
            bytes.Add((byte)(value >> bits));
        }
        return [.. bytes];
    }
}
