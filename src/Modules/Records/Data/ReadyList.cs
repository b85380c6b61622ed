using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace PatientPortal.Records.Data;

/// <summary>
/// A page of ready-made items: UTF-8 JSON as it was stored, sent without being read. Twenty panels are twenty unsealed
/// columns; parsing and writing them again would cost more than finding them.
/// </summary>
/// <param name="Items">Each a JSON object.</param>
sealed record ReadyList(IReadOnlyList<ReadOnlyMemory<byte>> Items, string? Next) : IResult
{
    /// <summary>The items as pages use them.</summary>
    public IReadOnlyList<T> As<T>(JsonTypeInfo<T> type) => [.. Items.Select(item => JsonSerializer.Deserialize(item.Span, type)!)];

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        // What is disclosed is in the trail before the first byte is so much as buffered.
        await httpContext.Response.StartAsync(httpContext.RequestAborted);
        var body = httpContext.Response.BodyWriter;
        body.Write("{\"items\":["u8);
        for (var i = 0; i < Items.Count; i++)
        {
            if (i > 0) body.Write(","u8);
            body.Write(Items[i].Span);
        }
        body.Write("],\"next\":"u8);
        // A cursor is base64url: nothing in it needs escaping.
        body.Write(Next is null ? "null"u8 : System.Text.Encoding.ASCII.GetBytes($"\"{Next}\""));
        body.Write("}"u8);
        await body.FlushAsync(httpContext.RequestAborted);
    }
}

/// <summary>One ready-made object.</summary>
sealed record ReadyItem(ReadOnlyMemory<byte> Json) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json; charset=utf-8";
        await httpContext.Response.StartAsync(httpContext.RequestAborted);
        await httpContext.Response.BodyWriter.WriteAsync(Json, httpContext.RequestAborted);
    }
}

/// <summary>Puts a few members in front of a ready-made object, without reading it.</summary>
static class Ready
{
    public static ReadOnlyMemory<byte> With(ReadOnlySpan<byte> members, byte[] item)
    {
        var joined = new byte[members.Length + item.Length];
        joined[0] = (byte)'{';
        members.CopyTo(joined.AsSpan(1));
        item.AsSpan(1).CopyTo(joined.AsSpan(1 + members.Length));
        return joined;
    }
}
