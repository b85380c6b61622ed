namespace PatientPortal.Identity.Domain;

/// <summary>
/// "Firefox on Windows": enough to know one's own device in a list. Reads the few families that people use from User-Agent (RFC 9110 10.1.5); what it
/// doesn't know it doesn't guess. Nothing rests on it: a browser may say anything.
/// </summary>
static class BrowserName
{
    const int Longest = 400;

    // The first that is found counts: Edge says Chrome too, and Chrome says Safari.
    static readonly (string Mark, string Name)[] Browsers =
    [
        ("Edg/", "Edge"), ("EdgA/", "Edge"), ("EdgiOS/", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser/", "Samsung Internet"), ("FxiOS/", "Firefox"), ("Firefox/", "Firefox"),
        ("CriOS/", "Chrome"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ];

    static readonly (string Mark, string Name)[] Systems =
    [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "Chromebook"), ("Windows", "Windows"), ("Macintosh", "Mac"), ("Linux", "Linux"),
    ];

    /// <summary>Null when it is not a browser that this knows.</summary>
    public static string? Of(string? userAgent)
    {
        if (userAgent is not { Length: > 0 and <= Longest }) return null;
        var (browser, system) = (Find(Browsers, userAgent), Find(Systems, userAgent));
        return (browser, system) switch
        {
            (null, null) => null,
            (_, null) => browser,
            (null, _) => system,
            _ => $"{browser} on {system}",
        };
    }

    static string? Find((string Mark, string Name)[] among, string text) => among.FirstOrDefault(a => text.Contains(a.Mark, StringComparison.Ordinal)).Name;
}
