using Microsoft.Extensions.Hosting;

namespace PatientPortal.Identity.Data;

/// <summary>
/// The cookie of the pages. In Production it is <c>__Host-portal</c>: the browser itself then insists on Secure, the whole site and no domain
/// (ASVS 3.3.1). It dies with the browser; the session's own limits are the server's.
/// </summary>
sealed class SessionCookie(IHostEnvironment environment)
{
    bool IsProduction => !environment.IsDevelopment();

    public string Name => IsProduction ? "__Host-portal" : "portal";

    public string? Read(HttpRequest request) => request.Cookies.TryGetValue(Name, out var token) && token.Length > 0 ? token : null;

    public void Set(HttpContext http, string token) => http.Response.Cookies.Append(Name, token, Options(http));

    public void Clear(HttpContext http) => http.Response.Cookies.Delete(Name, Options(http));

    CookieOptions Options(HttpContext http) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true, Secure = IsProduction || http.Request.IsHttps,
    };
}
