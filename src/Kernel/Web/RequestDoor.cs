using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using PatientPortal.Kernel.Access;
using PatientPortal.Kernel.Requests;

namespace PatientPortal.Kernel.Web;

/// <summary>
/// Stands after authentication and authorization: opens the patient's record that the route or the page's prefix names, through the
/// actor's grant. "Not yours" and "not there" leave here as the same 404.
/// </summary>
public sealed class RequestDoor(RequestDelegate next)
{
    const string PrefixItem = "patient-prefix", Prefix = "/for/";

    /// <summary>Before routing: <c>/for/{id}/visits</c> is the page <c>/visits</c>, of somebody one cares for.</summary>
    public static Task TakePrefix(HttpContext http, RequestDelegate next)
    {
        var path = http.Request.Path.Value;
        if (path is not null && path.StartsWith(Prefix, StringComparison.Ordinal) && path.Length >= Prefix.Length + 36
            && Guid.TryParseExact(path.AsSpan(Prefix.Length, 36), "D", out var patient)
            && (path.Length == Prefix.Length + 36 || path[Prefix.Length + 36] is '/'))
        {
            http.Items[PrefixItem] = patient;
            http.Request.PathBase = http.Request.PathBase.Add(path[..(Prefix.Length + 36)]);
            var rest = path[(Prefix.Length + 36)..];
            http.Request.Path = rest.Length == 0 ? "/" : rest;
        }
        return next(http);
    }

    public async Task InvokeAsync(HttpContext http, RequestScope scope, IPatientDoor door)
    {
        scope.TraceId = Http.TraceOf(http);
        scope.Address = http.Connection.RemoteIpAddress?.ToString();
        if (http.GetEndpoint() is not { } endpoint)
        {
            await next(http);
            return;
        }
        scope.Trail = [];
        http.Response.OnStarting(static state => Task.WhenAll(((RequestScope)state).Trail!), scope);

        if (HttpMethods.IsPost(http.Request.Method) && http.Request.Headers.TryGetValue("Idempotency-Key", out var keys))
        {
            var key = keys.ToString();
            if (key.Length is 0 or > 255 || key.Any(c => c is < '!' or > '~'))
            {
                await Http.WriteProblem(http, Outcome.Invalid("Idempotency-Key", "1 to 255 printable ASCII characters, no blanks."));
                return;
            }
            scope.IdempotencyKey = key;
        }

        var audience = endpoint.Metadata.GetMetadata<IAudience>()?.Audience;
        var named = http.GetRouteValue("patient")?.ToString();
        var prefixed = http.Items.TryGetValue(PrefixItem, out var p) ? (Guid?)p : null;
        if (prefixed is not null && audience is not Audience.Patients)
        {
            await NotFound(http);
            return;
        }
        if (named is not null || audience is Audience.Patients)
        {
            Guid? patient = named switch
            {
                null => prefixed ?? scope.Actor.OwnPatientId,
                "me" => scope.Actor.OwnPatientId,
                _ when Guid.TryParseExact(named, "D", out var id) => id,
                _ => null,
            };
            scope.Patient = patient is { } asked ? await door.Open(scope.Actor, asked, http.RequestAborted) : null;
            if (scope.Patient is null)
            {
                // Somebody without a chart of their own starts with the first person they care for.
                if (named is null && prefixed is null && HttpMethods.IsGet(http.Request.Method)
                    && (await door.ProfilesOf(scope.Actor, http.RequestAborted)).FirstOrDefault() is { } first)
                {
                    http.Response.Redirect(first.PathPrefix + http.Request.Path);
                    return;
                }
                await NotFound(http);
                return;
            }
        }
        await next(http);
    }

    static Task NotFound(HttpContext http)
    {
        if (IsApi(http)) return Http.WriteProblem(http, Outcome.NotFound);
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    public static bool IsApi(HttpContext http) => http.Request.Path.StartsWithSegments("/api") || http.Request.Path.StartsWithSegments("/fhir");
}
