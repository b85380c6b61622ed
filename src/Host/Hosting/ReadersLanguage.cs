using PatientPortal.Kernel.Access;
using PatientPortal.Kernel.Texts;

namespace PatientPortal.Host.Hosting;

/// <summary>
/// In which language a page speaks: what was chosen in this browser, then what the account has, then what the browser asks for.
/// Staff pages are in English.
/// </summary>
sealed class ReadersLanguage(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http, Texts texts)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<IAudience>()?.Audience is not Audience.Staff)
            texts.Language = Known(http.Request.Cookies["language"]) ?? Known(http.User.FindFirst("language")?.Value) ?? Asked(http) ?? "en";
        return next(http);
    }

    static string? Asked(HttpContext http) =>
        http.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1).Select(l => Known(l.Value.Value)).FirstOrDefault(l => l is not null);

    static string? Known(string? language) =>
        language is null ? null : Texts.Languages.Select(l => l.Code).FirstOrDefault(code => language.Split('-')[0].Equals(code, StringComparison.OrdinalIgnoreCase));
}
