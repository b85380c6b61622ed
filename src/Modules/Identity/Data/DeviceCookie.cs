using Microsoft.Extensions.Hosting;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Data;

/// <summary>
/// Where a browser keeps the secret that it is known by: <c>__Host-device</c>, out of every script's reach, sent on no request that another site makes.
/// It opens nothing by itself.
/// </summary>
sealed class DeviceCookie(IHostEnvironment environment)
{
    bool IsProduction => !environment.IsDevelopment();

    string Name => IsProduction ? "__Host-device" : "device";

    public string? Read(HttpContext http) => http.Request.Cookies.TryGetValue(Name, out var token) && token.Length is > 0 and <= 128 ? token : null;

    public void Set(HttpContext http, string token) => http.Response.Cookies.Append(Name, token, new()
    {
        HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/", IsEssential = true, Secure = IsProduction || http.Request.IsHttps, MaxAge = IdentityLimits.DeviceKept,
    });
}
