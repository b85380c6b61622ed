using System.Diagnostics;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using PatientPortal.Interop.Data;
using PatientPortal.Interop.Domain;

namespace PatientPortal.Interop.ForStaff.ImportBundle;

/// <summary>
/// Takes a FHIR R4 bundle: keeps it sealed and hands each resource to the module that owns it; what can't be taken goes to quarantine
/// with the element at fault, and what is no bundle changes nothing.
/// </summary>
/// <param name="Content">The bytes as they arrived.</param>
/// <param name="Source">The sending system's name.</param>
[Does(Act.Create, "import", "Imported records from another system", Needs = "import")]
internal sealed record ImportBundleRequest([property: JsonIgnore] byte[] Content, string Source, string? FileName)
{
    /// <summary>Stands for the content where two requests are compared.</summary>
    public string Sha256 => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(Content));
}

/// <summary>The bundle is stored; what became of it is in its report.</summary>
internal sealed record BundleTaken(Guid Id);

internal sealed class ImportBundleRules : AbstractValidator<ImportBundleRequest>
{
    public ImportBundleRules()
    {
        RuleFor(r => r.Source).Matches("^[A-Za-z0-9][A-Za-z0-9 ._-]{0,99}$").WithMessage("A source has 1 to 100 letters, digits, blanks, dots, hyphens and underscores.");
        RuleFor(r => r.FileName).MaximumLength(255).WithMessage("A file name has at most 255 characters.");
        RuleFor(r => r.Content.Length).GreaterThan(0).WithName("content").OverridePropertyName("content").WithMessage("There is nothing in it. Send a FHIR bundle.");
    }
}

internal sealed class ImportBundleHandler(CurrentStaff me, Intake intake) : IHandle<ImportBundleRequest, BundleTaken>
{
    public Task<Outcome<BundleTaken>> Handle(ImportBundleRequest request, CancellationToken ct) =>
        intake.Take(new(request.Content, request.Source, request.FileName, me.Id, me.Name), id => new BundleTaken(id), ct);
}

internal sealed class ImportBundleApi : IStaffApi
{
    /// <summary>The name under which ids are kept when the sender gives none.</summary>
    internal const string DefaultSource = "import";

    static readonly string[] Types = ["application/fhir+json", "application/json", "application/fhir+ndjson", "application/ndjson", "application/x-ndjson"];

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/import", async (HttpContext http, string? source, IHandle<ImportBundleRequest, BundleTaken> import, ArrivalReports reports, CancellationToken ct) =>
        {
            var since = Stopwatch.GetTimestamp();
            if (Unsupported(http.Request) is { } refusal) return refusal.ToHttp();
            if (await Body.Read(http.Request.Body, http.Request.ContentLength, InteropLimits.Bytes, ct) is not { } content)
                return new Refusal(Verdict.TooLarge, "too_large", $"A bundle may have at most {InteropLimits.Bytes / 1024 / 1024} MB. Split it into several.").ToHttp();

            var outcome = await import.Handle(new(content, source ?? DefaultSource, null), ct);
            if (outcome.Refused(out var no, out var taken)) return no.ToHttp();
            var ended = await reports.Ended(taken.Id, InteropLimits.Patience - Stopwatch.GetElapsedTime(since), ct);
            var report = await reports.Of(taken.Id, -1, InteropLimits.QuarantineInAnswer, ct);
            return ended ? Results.Ok(report) : Results.Accepted($"/api/v1/staff/imports/{taken.Id}", report);
        })
        // The size is counted while reading, so that the refusal says what to do.
        .WithMetadata(new DisableRequestSizeLimitAttribute());

    static Refusal? Unsupported(HttpRequest request)
    {
        var known = MediaTypeHeaderValue.TryParse(request.ContentType, out var type) && Types.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase)
            && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));
        if (!known) return new(Verdict.Unsupported, "unsupported_media_type", "Send the bundle as application/fhir+json in UTF-8. XML is not read.");
        return request.Headers.ContentEncoding.Count == 0 ? null : new(Verdict.Unsupported, "unsupported_encoding", "Send the bundle without a content encoding.");
    }
}
