using Microsoft.AspNetCore.Components.Endpoints;
using PatientPortal.Ui;

namespace PatientPortal.Host.Hosting;

/// <summary>
/// A form that its page no longer has: a visit cancelled in another window, a request that a colleague has answered. The framework says so in one line
/// of plain text, or nothing at all; the person is led to the page as it stands now, and told that what they sent was not done.
/// </summary>
/// <remarks>The framework does not wait for its own line to be written, so that a page that was sent something is written here once it is complete.</remarks>
sealed class GoneForms(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method) || http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is null)
        {
            await next(http);
            return;
        }
        var body = http.Response.Body;
        await using var page = new MemoryStream();
        http.Response.Body = page;
        try
        {
            await next(http);
        }
        finally
        {
            http.Response.Body = body;
        }
        if (http.Response is { StatusCode: StatusCodes.Status400BadRequest, ContentType: "text/plain" })
        {
            http.Response.ContentType = null;
            http.Say(Flash.Overtaken);
            http.Response.Redirect(http.Request.PathBase + http.Request.Path + http.Request.QueryString);
            return;
        }
        page.Position = 0;
        await page.CopyToAsync(body, http.RequestAborted);
    }
}
