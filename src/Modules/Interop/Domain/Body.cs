namespace PatientPortal.Interop.Domain;

/// <summary>Reads what arrives, but not more than the limit.</summary>
internal static class Body
{
    /// <param name="stream">Read to its end.</param>
    /// <param name="length">What the sender says, when it does.</param>
    /// <param name="most">In bytes.</param>
    /// <param name="ct">Cancels reading.</param>
    /// <returns>Null when there is more than <paramref name="most"/>.</returns>
    public static async Task<byte[]?> Read(Stream stream, long? length, int most, CancellationToken ct)
    {
        if (length > most) return null;
        var content = new byte[length ?? 64 * 1024];
        var filled = 0;
        while (true)
        {
            if (filled == content.Length)
            {
                // One byte more tells the end from "too much", and an honest sender's array is not copied.
                var extra = new byte[1];
                if (await stream.ReadAsync(extra, ct) == 0) return content;
                if (filled == most) return null;
                Array.Resize(ref content, (int)Math.Min(most, Math.Max(64 * 1024, content.Length * 2L)));
                content[filled++] = extra[0];
            }
            var read = await stream.ReadAsync(content.AsMemory(filled), ct);
            if (read == 0) break;
            filled += read;
        }
        Array.Resize(ref content, filled);
        return content;
    }
}
