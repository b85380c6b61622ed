using System.Text.Json;
using PatientPortal.Kernel.Web;
using PatientPortal.Records.Domain.Fhir;
using PatientPortal.Records.Domain.Results;

namespace PatientPortal.Records.Data;

/// <summary>A file of the record. It is saved, never opened in the portal's own origin: what it holds was written elsewhere.</summary>
sealed record FileContent(byte[] Bytes, string ContentType, string Name) : IResult
{
    static readonly HashSet<string> Known = ["text/plain", "application/pdf", "image/png", "image/jpeg", "image/gif", "image/tiff", "application/xml", "text/xml", "application/rtf", "text/rtf"];

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var headers = httpContext.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "sandbox; default-src 'none'";
        headers.CacheControl = "no-store";
        // HTML and unknown kinds go out as plain bytes: a browser has nothing to run.
        var type = ContentType.Split(';')[0].Trim().ToLowerInvariant();
        var sent = type is "text/plain" ? "text/plain; charset=utf-8" : Known.Contains(type) ? type : "application/octet-stream";
        return new FileWhileAllowed(Bytes, sent, Name, "records").ExecuteAsync(httpContext);
    }
}

static class Files
{
    /// <summary>An attachment of a stored DocumentReference or DiagnosticReport: its own data, or that of the Binary it points to. Null when it is not here.</summary>
    public static async Task<FileContent?> ContentOf(this RecordsDb db, Guid documentId, int number, CancellationToken ct)
    {
        var row = await db.Resources.AsNoTracking().Where(r => r.Id == documentId && (r.Type == "DocumentReference" || r.Type == "DiagnosticReport")).Select(r => new { r.Source, r.PatientId, r.Type, r.Json }).SingleOrDefaultAsync(ct);
        if (row is null) return null;
        using var document = JsonDocument.Parse(row.Json);
        var held = row.Type is "DiagnosticReport" ? document.RootElement.Each("presentedForm").Cast<JsonElement?>() : document.RootElement.Each("content").Select(c => c.Child("attachment"));
        if (held.ElementAtOrDefault(number) is not { ValueKind: JsonValueKind.Object } attachment) return null;
        var type = attachment.Text("contentType") ?? "application/octet-stream";
        var name = NameOf(document.RootElement, row.Type is "DiagnosticReport" ? "report" : "document", type, number);
        if (BytesOf(attachment) is { } own) return new(own, type, name);

        if (Reference.Parse(attachment.Text("url")) is not { Type: "Binary" or null } reference) return null;
        var binary = await db.Resources.AsNoTracking()
            .Where(r => r.Source == row.Source && r.Type == "Binary" && r.SourceId == reference.Id && (r.PatientId == null || r.PatientId == row.PatientId))
            .Select(r => r.Json).SingleOrDefaultAsync(ct);
        if (binary is null) return null;
        using var stored = JsonDocument.Parse(binary);
        return BytesOf(stored.RootElement) is { } bytes ? new(bytes, stored.RootElement.Text("contentType") ?? type, name) : null;
    }

    static byte[]? BytesOf(JsonElement element) =>
        element.Child("data") is { ValueKind: JsonValueKind.String } data && data.TryGetBytesFromBase64(out var bytes) ? bytes : null;

    static string NameOf(JsonElement document, string kind, string type, int number)
    {
        var ending = type.Split(';')[0].Trim().ToLowerInvariant() switch
        {
            "application/pdf" => ".pdf", "text/plain" => ".txt", "image/png" => ".png", "image/jpeg" => ".jpg", "text/html" => ".html", "text/xml" or "application/xml" => ".xml", _ => "",
        };
        // Neutral on purpose: a file's name is seen by whoever sees the downloads of a shared computer.
        var date = (document.Date("date") ?? SheetOf.Collected(document) ?? document.Date("issued"))?.Text is { Length: >= 10 } at ? "-" + at[..10] : "";
        return $"{kind}{date}{(number is 0 ? "" : $"-{number + 1}")}{ending}";
    }
}
