using Microsoft.AspNetCore.Http;

namespace PatientPortal.Ui;

/// <summary>What a page says after it has done something and sent the person on. A fixed list: never a word about health.</summary>
public enum Flash { Saved, Sent, Booked, Changed, Cancelled, Asked, Removed, Confirmed, Activated, PasswordChanged, SignedOut, Overtaken }

/// <summary>Carries a <see cref="Flash"/> over one redirect, in a cookie that holds its name only.</summary>
public static class FlashCookie
{
    internal const string Name = "flash";

    /// <summary>Shown at the top of the next page: <c>Http.Say(Flash.Booked)</c> before <c>Nav.NavigateTo</c>.</summary>
    public static void Say(this HttpContext http, Flash flash) =>
        http.Response.Cookies.Append(Name, flash.ToString(), new CookieOptions
        {
            HttpOnly = true, Secure = http.Request.IsHttps, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = TimeSpan.FromSeconds(30), IsEssential = true,
        });

    // A post sets the cookie for the page after it, so only a page that is read takes it away.
    internal static Flash? Take(HttpContext? http)
    {
        if (http is null || !HttpMethods.IsGet(http.Request.Method) || http.Request.Cookies[Name] is not { } said) return null;
        if (!http.Response.HasStarted) http.Response.Cookies.Delete(Name, new CookieOptions { Path = "/" });
        return Enum.TryParse<Flash>(said, out var flash) && Enum.IsDefined(flash) ? flash : null;
    }
}
