using System.Security.Cryptography;
using System.Text.Json;
using PatientPortal.Interop.Contracts;
using PatientPortal.Records.Domain.Fhir;
using PatientPortal.Records.Domain.Results;

namespace PatientPortal.Records.Data;

/// <summary>One resource of a batch while it is taken.</summary>
sealed class Arrived(ArrivedResource resource) : IDisposable
{
    static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    JsonDocument? document, named;

    public ArrivedResource Resource => resource;
    public string Type => resource.Type;
    public JsonElement Root => (named ?? document!).RootElement;

    /// <summary>The row's id, once it is stored.</summary>
    public Guid RowId { get; set; }

    public string Outcome { get; set; } = "unchanged";
    public Fault? Fault { get; private set; }
    public bool IsStored => Outcome is "created" or "updated";
    public byte[] Digest { get; } = SHA256.HashData(resource.Json);

    public DateTimeOffset? LastUpdated => Root.Child("meta")?.Date("lastUpdated")?.Start;

    /// <summary>Whose it is, as the source says: null when it names nobody, or not by an id.</summary>
    public string? Subject => (Root.Child("subject") ?? Root.Child("patient") ?? Root.Child("beneficiary")) is { } named
        && Reference.From(named) is { Type: null or "Patient" } reference ? reference.Id : null;

    public string SubjectElement => Type + (Root.Child("subject") is not null ? ".subject" : Root.Child("patient") is not null ? ".patient" : ".beneficiary");

    public void Quarantine(string element, string reason) => (Outcome, Fault) = ("quarantined", new(element, reason));

    /// <summary>Reads it, and checks what can be checked without looking at anything else.</summary>
    public void Read()
    {
        try
        {
            document = JsonDocument.Parse(resource.Json, Strict);
        }
        catch (JsonException)
        {
            Quarantine(Type, "is not JSON that can be read, nests deeper than 64 levels, or names an element twice");
            return;
        }
        if (ResourceCheck.Of(Type, resource.Id, Root) is { } fault) Quarantine(fault.Element, fault.Reason);
    }

    public TakenResource Taken => new(Type, resource.Id, Outcome, Fault?.Element, Fault?.Reason);

    /// <summary>From here on it is read with these names in it; what is stored stays as it came.</summary>
    public void FillIn(Names names) => named = names.Fill(document!.RootElement);

    public void Dispose()
    {
        document?.Dispose();
        named?.Dispose();
    }
}

/// <summary>The columns of a resource that queries need.</summary>
static class Columns
{
    public static (string? Code, string? Category, string? Status, DateTimeOffset? Effective, string? EncounterId) Of(JsonElement r) => (
        Cut((Concept.Of(r, "code") ?? Concept.Of(r, "vaccineCode") ?? Concept.Of(r, "type"))?.Code),
        Cut(r.Each("category").SelectMany(c => c.Each("coding")).Select(c => c.Text("code")).FirstOrDefault(c => c is not null)),
        Cut(r.Text("status") ?? r.CodeOf("clinicalStatus") ?? r.Text("lifecycleStatus")),
        (SheetOf.Collected(r) ?? r.Date("issued") ?? r.Date("occurrenceDateTime") ?? r.Date("performedDateTime") ?? FhirPeriod.Of(r, "performedPeriod")?.Start
            ?? FhirPeriod.Of(r, "period")?.Start ?? r.Date("onsetDateTime") ?? r.Date("recordedDate") ?? r.Date("date") ?? r.Date("authoredOn") ?? r.Date("created"))?.Start,
        Reference.Of(r, "encounter")?.Id);

    static string? Cut(string? text) => text is { Length: > 100 } ? text[..100] : text;
}
