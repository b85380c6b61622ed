using Microsoft.Extensions.Hosting;
using PatientPortal.Ui;

namespace PatientPortal.Identity.Data;

/// <summary>
/// Carries the secret of an opened invitation through a sign-in, so that it stands in no address on the way: <c>__Host-invitation</c>, out of every script's
/// reach, sent on no request that another site makes, gone after an hour. It opens nothing without an account and the patient's birth date.
/// </summary>
sealed class InvitationCookie(IHostEnvironment environment)
{
    static readonly TimeSpan Lasts = TimeSpan.FromHours(1);

    bool IsProduction => !environment.IsDevelopment();

    string Name => IsProduction ? "__Host-invitation" : "invitation";

    public string? Read(HttpContext http) => http.Request.Cookies.TryGetValue(Name, out var token) && MailedLink.IsToken(token) ? token : null;

    public void Set(HttpContext http, string token) => http.Response.Cookies.Append(Name, token, Options(http, Lasts));

    public void Clear(HttpContext http) => http.Response.Cookies.Delete(Name, Options(http, null));

    CookieOptions Options(HttpContext http, TimeSpan? lasts) => new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/", IsEssential = true, Secure = IsProduction || http.Request.IsHttps, MaxAge = lasts,
    };
}
