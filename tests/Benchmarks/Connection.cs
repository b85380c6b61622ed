using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;

namespace PatientPortal.Benchmarks;

/// <summary>
/// One keep-alive HTTP/1.1 connection that sends prepared bytes and reads just enough of the answer (RFC 9112 sections 4, 6.2, 7.1).
/// HttpClient takes more of a core than the bare server that it would measure, and so would flatter every ratio.
/// </summary>
internal sealed class Connection(int port) : IDisposable
{
    readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    byte[] buffer = new byte[128 * 1024];

    /// <summary>The bytes of the last answer, head and body; the body still chunked if it was sent so.</summary>
    public ReadOnlySpan<byte> Answer => buffer.AsSpan(0, filled);

    int filled, head;

    public async Task Open() => await socket.ConnectAsync(IPAddress.Loopback, port);

    /// <returns>The status code.</returns>
    public async ValueTask<int> Send(ReadOnlyMemory<byte> request)
    {
        while (request.Length > 0) request = request[await socket.SendAsync(request)..];
        filled = head = 0;
        while (head is 0) { await Receive(); head = HeadLength(); }
        var (length, chunked) = Framing(buffer.AsSpan(0, head));
        if (chunked) while (!ChunksEnd()) await Receive();
        else while (filled < head + length) await Receive();
        return (buffer[9] - '0') * 100 + (buffer[10] - '0') * 10 + buffer[11] - '0';
    }

    async ValueTask Receive()
    {
        if (filled == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
        var read = await socket.ReceiveAsync(buffer.AsMemory(filled));
        if (read is 0) throw new IOException("The server closed the connection.");
        filled += read;
    }

    int HeadLength()
    {
        var end = buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8);
        return end < 0 ? 0 : end + 4;
    }

    static (int Length, bool Chunked) Framing(ReadOnlySpan<byte> head)
    {
        if (head.IndexOf("Transfer-Encoding: chunked"u8) >= 0) return (0, true);
        var at = head.IndexOf("Content-Length: "u8);
        if (at < 0) return (0, false);
        return Utf8Parser.TryParse(head[(at + 16)..], out int length, out _) ? (length, false) : throw new InvalidDataException("No content length.");
    }

    bool ChunksEnd()
    {
        var at = head;
        while (true)
        {
            var line = buffer.AsSpan(at, filled - at).IndexOf("\r\n"u8);
            if (line < 0 || !Utf8Parser.TryParse(buffer.AsSpan(at, line), out int size, out _, 'x')) return false;
            at += line + 2 + size + 2;
            if (at > filled) return false;
            if (size is 0) return true;
        }
    }

    /// <summary>The body of the last answer, put together.</summary>
    public byte[] Body()
    {
        var (length, chunked) = Framing(buffer.AsSpan(0, head));
        if (!chunked) return buffer.AsSpan(head, length).ToArray();
        var body = new List<byte>();
        for (var at = head; ;)
        {
            var line = buffer.AsSpan(at, filled - at).IndexOf("\r\n"u8);
            Utf8Parser.TryParse(buffer.AsSpan(at, line), out int size, out _, 'x');
            if (size is 0) return [.. body];
            body.AddRange(buffer.AsSpan(at + line + 2, size));
            at += line + 2 + size + 2;
        }
    }

    public string? Header(string name)
    {
        var text = System.Text.Encoding.Latin1.GetString(buffer, 0, head);
        var at = text.IndexOf("\r\n" + name + ": ", StringComparison.OrdinalIgnoreCase);
        return at < 0 ? null : text[(at + name.Length + 4)..text.IndexOf("\r\n", at + 2, StringComparison.Ordinal)];
    }

    public IEnumerable<string> Headers(string name) =>
        System.Text.Encoding.Latin1.GetString(buffer, 0, head).Split("\r\n")
            .Where(l => l.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase)).Select(l => l[(name.Length + 2)..]);

    public void Dispose() => socket.Dispose();
}
