using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using PatientPortal.Testing;

namespace PatientPortal.Host.Tests.Access;

/// <summary>For each route somebody who may use it.</summary>
sealed partial class People
{
    static readonly string[] Staff = ["drlee", "frontdesk", "records", "privacy", "admin", "pharmacist"];

    readonly PortalApp app;

    public Guid Maria { get; private set; }

    /// <summary>The needs of the staff's routes, from the table of doors.</summary>
    readonly Dictionary<string, string[]> needs = (from text in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Access", "doors.txt"))
                                                   let words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                                                   where words.Length > 3 && words[2] is "staff"
                                                   group words[3] by Names().Replace(words[1], "{$1}")).ToDictionary(g => g.Key, g => g.SelectMany(n => n.Split('|')).ToArray());

    People(PortalApp app) => this.app = app;

    /// <summary>All sign in at the beginning: later the tries have used up the address's.</summary>
    public static async Task<People> Of(PortalApp app)
    {
        foreach (var who in (string[])["james", .. Staff]) await app.SignInAs(who);
        return new(app) { Maria = await PortalApp.OwnChart(await app.SignInAs("maria")) };
    }

    /// <summary>Sends it as whoever may; gives the status and the content type.</summary>
    /// <param name="route">As the OpenAPI document writes it.</param>
    public async Task<(HttpStatusCode Status, string Type)> Send(string route, string method, string address, string body)
    {
        using var request = new HttpRequestMessage(new(method.ToUpperInvariant()), address) { Content = new StringContent(body, new MediaTypeHeaderValue("application/json")) };
        using var answer = await (await ClientFor(route)).SendAsync(request);
        return (answer.StatusCode, answer.Content.Headers.ContentType?.ToString() ?? "");
    }

    async Task<HttpClient> ClientFor(string route)
    {
        if (WhoMay(route) is not { } who) return route.StartsWith("/api/v1/me", StringComparison.Ordinal) || route.Contains("/patients/", StringComparison.Ordinal) || route is "/api/v1/notice-choices" or "/api/v1/proxy-invitations/accept"
            ? await app.SignInAs("maria") : app.Anonymous();
        return await app.SignInAs(who);
    }

    /// <summary>The staff member whose role has what the route needs; null where it is not the staff's.</summary>
    string? WhoMay(string route) => !needs.TryGetValue(route, out var need) ? null : Staff.First(s => need.Contains("-") || need.Any(GatedPortal.PermissionsOf(s).Contains));

    /// <summary>Everybody of whom each sees pages that no other sees, in browsers with cookies; "" is not signed in.</summary>
    public async Task<IReadOnlyList<(string Who, HttpClient Browser)>> Browsers()
    {
        var all = new List<(string, HttpClient)> { ("", app.Browser()) };
        foreach (var who in (string[])["maria", "james", .. Staff])
        {
            var browser = app.Browser();
            browser.DefaultRequestHeaders.Authorization = (await app.SignInAs(who)).DefaultRequestHeaders.Authorization;
            all.Add((who, browser));
        }
        return all;
    }

    [GeneratedRegex(@"\{([A-Za-z]+)[^}]*\}")]
    private static partial Regex Names();
}
