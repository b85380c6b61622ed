using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using PatientPortal.Kernel.Requests;

namespace PatientPortal.Kernel.Web;

/// <summary>Outcomes as HTTP: the only place where a refusal becomes a status (RFC 9457 problem details).</summary>
public static class Http
{
    public static IResult ToHttp<T>(this Outcome<T> outcome, Func<T, IResult> ok) =>
        outcome.Refusal is { } refusal ? new ProblemResult(refusal) : ok(outcome.Value);

    /// <summary>200 with the answer, or the problem.</summary>
    public static IResult ToHttp<T>(this Outcome<T> outcome) => outcome.ToHttp(value => Results.Ok(value));

    public static IResult ToHttp(this Refusal refusal) => new ProblemResult(refusal);

    /// <summary>Writes a refusal as problem+json where no IResult can be returned: middleware, authentication.</summary>
    public static Task WriteProblem(HttpContext http, Refusal refusal)
    {
        http.Response.StatusCode = (int)refusal.Verdict;
        http.Response.ContentType = "application/problem+json";
        if (refusal.RetryAfter is { } after)
            http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        var problem = new Dictionary<string, object?>
        {
            ["type"] = "about:blank", ["title"] = Title(refusal.Verdict), ["status"] = (int)refusal.Verdict,
            ["detail"] = refusal.Detail, ["code"] = refusal.Code, ["traceId"] = TraceOf(http),
        };
        if (refusal.Errors is { } errors) problem["errors"] = errors;
        if (refusal.NextStep is { } next) problem["nextStep"] = next;
        if (refusal.Alternatives is { } alternatives) problem["alternatives"] = alternatives;
        return http.Response.WriteAsJsonAsync(problem, JsonSerializerOptions.Web, "application/problem+json", http.RequestAborted);
    }

    /// <summary>The id under which this request stands in logs, traces and the audit trail.</summary>
    public static string TraceOf(HttpContext http) => Activity.Current?.TraceId.ToHexString() is { } trace && trace.Any(c => c is not '0') ? trace : http.TraceIdentifier;

    static string Title(Verdict verdict) => verdict switch
    {
        Verdict.Invalid => "Invalid input", Verdict.Unauthorized => "Not signed in", Verdict.Forbidden => "Not allowed", Verdict.NotFound => "Not found",
        Verdict.Conflict => "Somebody was faster", Verdict.Stale => "Changed meanwhile", Verdict.TooLarge => "Too large", Verdict.Unsupported => "Unsupported content",
        Verdict.Refused => "Refused by a rule of the clinic", Verdict.TooMany => "Too many requests", _ => "Problem",
    };

    sealed class ProblemResult(Refusal refusal) : IResult, IStatusCodeHttpResult
    {
        public int? StatusCode => (int)refusal.Verdict;

        public Task ExecuteAsync(HttpContext httpContext) => WriteProblem(httpContext, refusal);
    }
}

/// <summary>ETags of versioned rows: <c>"3"</c>.</summary>
public static class ETags
{
    public static string Of(int version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>The version that <c>If-Match</c> asks for; null when the header is absent or <c>*</c>.</summary>
    public static int? Asked(HttpContext http) =>
        http.Request.Headers.IfMatch.ToString() is { Length: > 2 } tag && int.TryParse(tag.AsSpan().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;
}
