using System.Text.Json;
using PatientPortal.Records.Domain.Fhir;

namespace PatientPortal.Records.Domain.Chart;

/// <summary>DocumentReferences: clinical notes, and everything else on file.</summary>
static class Documents
{
    public static bool IsNote(JsonElement document) =>
        document.Each("category").SelectMany(c => c.Each("coding")).Any(c => c.Text("code") is "clinical-note");

    public static ChartLine From(Guid id, JsonElement r)
    {
        var name = Concept.NameOf(r, "type") ?? r.Text("description") ?? Titles(r) ?? "Document";
        var date = r.Date("date") ?? (r.Child("context") is { } context ? FhirPeriod.Of(context, "period")?.Start : null);
        var by = r.Each("author").Select(a => a.Text("display")).FirstOrDefault(d => d is not null);
        var shown = ChartItemOf.NotAMistake(r) && r.Text("docStatus") is not ("preliminary" or "entered-in-error");
        var status = r.Text("status") ?? "current";
        return IsNote(r)
            ? ChartItemOf.Line(ChartSection.Notes, new Note(id, name, status, date, by, r.Text("description"), Attachments(r)), RecordsJson.Relaxed.Note, n => n.Date, shown)
            : ChartItemOf.Line(ChartSection.Documents,
                new Document(id, name, r.Each("category").Select(c => Concept.From(c)?.Name).FirstOrDefault(c => c is not null), status, date, by, r.Text("description"), Attachments(r)),
                RecordsJson.Relaxed.Document, d => d.Date, shown);
    }

    static string? Titles(JsonElement r) => r.Each("content").Select(c => c.Child("attachment")?.Text("title")).FirstOrDefault(t => t is not null);

    static List<Attachment> Attachments(JsonElement r) => [.. r.Each("content").Select((content, number) => AttachmentOf(content.Child("attachment") ?? default, number))];

    internal static Attachment AttachmentOf(JsonElement attachment, int number)
    {
        var data = attachment.Child("data") is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;
        var isHere = data is not null || Reference.Parse(attachment.Text("url")) is { Type: "Binary" or null };
        return new Attachment(number, attachment.Text("title"), attachment.Text("contentType") ?? "application/octet-stream",
            data is null ? (long?)attachment.Number("size") : BytesOf(data), isHere);
    }

    static long BytesOf(string base64) => base64.Length / 4 * 3 - (base64.EndsWith("==", StringComparison.Ordinal) ? 2 : base64.EndsWith('=') ? 1 : 0);
}
