using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using PatientPortal.Kernel.Requests;
using PatientPortal.Kernel.Web;

namespace PatientPortal.Host.Hosting;

/// <summary>
/// What goes wrong leaves as a problem document (API) or as a page that says what to do next. Never an exception's text: it may hold what it
/// was about; the trace id connects what the person sees with the log.
/// </summary>
sealed class Troubles(RequestDelegate next, ILogger<Troubles> log)
{
    static readonly Refusal Malformed = new(Verdict.Invalid, "malformed", "The request could not be read. Check that it is valid JSON with the right types.");
    static readonly Refusal TooLarge = new(Verdict.TooLarge, "too_large", "That is larger than this address takes.");
    static readonly Refusal Unsupported = new(Verdict.Unsupported, "unsupported_media_type", "This address takes application/json.");
    static readonly Refusal Broken = new((Verdict)500, "internal_error", "Something went wrong on our side. Nothing was lost. Try again in a moment; if it stays so, tell the clinic the trace id.");

    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (Exception e) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            if (e is not BadHttpRequestException)
                log.LogError("{Method} {Route} failed with {Error} (trace {TraceId}){Trace}", http.Request.Method, RouteOf(http), e.GetType().Name, Http.TraceOf(http), Environment.NewLine + Stacks(e));
            var status = e is BadHttpRequestException bad ? bad.StatusCode : 500;
            http.Response.Clear();
            http.Response.StatusCode = status;
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            return;
        }

        if (http.Response.HasStarted || http.Response.StatusCode < 400 || http.Response.ContentLength > 0 || http.Response.ContentType is not null) return;
        if (RequestDoor.IsApi(http))
        {
            await Http.WriteProblem(http, http.Response.StatusCode switch
            {
                400 => Malformed, 401 => Outcome.Unauthorized("not_signed_in", "Sign in first."), 403 => Outcome.Forbidden("wrong_audience", "This is not for you."),
                404 => Outcome.NotFound, 405 => new((Verdict)405, "method_not_allowed", "This address does not take that method."),
                413 => TooLarge, 415 => Unsupported, 429 => Outcome.TooMany("Too many requests.", TimeSpan.FromSeconds(1)), >= 500 => Broken,
                var other => new((Verdict)other, "problem", "The request was refused."),
            });
            return;
        }
        await ProblemPage(http);
    }

    async Task ProblemPage(HttpContext http)
    {
        var status = http.Response.StatusCode;
        http.Items["problem"] = status;
        RequestDoor.DropPrefix(http);
        // Without it the page's renderer takes the status for its own and renders nothing.
        http.Features.Set<IStatusCodeReExecuteFeature>(new StatusCodeReExecuteFeature { OriginalPath = http.Request.Path, OriginalPathBase = http.Request.PathBase });
        http.Request.Method = HttpMethods.Get;
        http.Request.Path = "/problem";
        http.Request.QueryString = default;
        http.SetEndpoint(null);
        http.Request.RouteValues.Clear();
        http.Features.Set<IEndpointFeature>(null);
        // Services of its own: those of the page that failed may be half used.
        var services = http.RequestServices;
        await using var unit = services.CreateAsyncScope();
        http.RequestServices = unit.ServiceProvider;
        try
        {
            await next(http);
        }
        catch (Exception e) when (!http.Response.HasStarted)
        {
            log.LogError("The problem page failed with {Error}{Trace}", e.GetType().Name, Environment.NewLine + Stacks(e));
            http.Response.ContentType = "text/plain; charset=utf-8";
            await http.Response.WriteAsync($"Something went wrong on our side. Trace id {Http.TraceOf(http)}.");
        }
        finally
        {
            http.RequestServices = services;
        }
    }

    static string RouteOf(HttpContext http) => (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)";

    static string Stacks(Exception e) => e.InnerException is { } inner ? $"{e.StackTrace}\n caused by {inner.GetType().Name}\n{inner.StackTrace}" : e.StackTrace ?? "";
}
