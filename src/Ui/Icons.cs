using System.Collections.Frozen;

namespace PatientPortal.Ui;

/// <summary>The drawings of <see cref="Icon"/>, on a field of 24 by 24, drawn as lines.</summary>
public static class Icons
{
    internal static readonly FrozenDictionary<string, string> Drawings = new Dictionary<string, string>
    {
        ["home"] = """<path d="M3 11.5 12 4l9 7.5M5.5 10v10h13V10M10 20v-6h4v6"/>""",
        ["record"] = """<path d="M6 3h9l4 4v14H6zM9 12h7M9 16h5M14 3v5h5"/>""",
        ["visits"] = """<rect x="3.5" y="5" width="17" height="15.5" rx="2"/><path d="M3.5 10h17M8 2.5V6M16 2.5V6"/>""",
        ["messages"] = """<path d="M4 5h16v11H10l-4.5 4V16H4z"/>""",
        ["medicines"] = """<rect x="2.5" y="8" width="19" height="8" rx="4" transform="rotate(-35 12 12)"/><path d="m9.7 8.7 4.6 6.6"/>""",
        ["results"] = """<path d="M9.5 3h5M10.5 3v6.5L5 18.5a1.7 1.7 0 0 0 1.5 2.5h11a1.7 1.7 0 0 0 1.5-2.5l-5.5-9V3M7.5 15h9"/>""",
        ["vitals"] = """<path d="M2.5 12.5h4l2.5-7 4.5 13 2.5-6h5.5"/>""",
        ["heart"] = """<path d="M12 20 4.6 12.4a4.7 4.7 0 0 1 6.7-6.7l.7.7.7-.7a4.7 4.7 0 0 1 6.7 6.7z"/>""",
        ["allergies"] = """<circle cx="12" cy="12" r="2.5"/><path d="M12 9.5c-3-1.5-3-6 0-6.5 3 .5 3 5 0 6.5M12 14.5c-3 1.5-3 6 0 6.5 3-.5 3-5 0-6.5M9.5 12c-1.5 3-6 3-6.5 0 .5-3 5-3 6.5 0M14.5 12c1.5 3 6 3 6.5 0-.5-3-5-3-6.5 0"/>""",
        ["shield"] = """<path d="M12 3 4.5 6v5.5c0 4.5 3 8 7.5 9.5 4.5-1.5 7.5-5 7.5-9.5V6zM8.5 12l2.5 2.5 4.5-5"/>""",
        ["procedures"] = """<path d="M4 20 14 10M12.5 5.5l6 6M10 8l6 6M15.5 2.5l6 6M7 14l3 3"/>""",
        ["documents"] = """<path d="M8 3h8l4 4v11H8zM16 3v4h4M8 6H4v15h12v-3"/>""",
        ["people"] = """<circle cx="9" cy="8" r="3.5"/><path d="M2.5 20c.5-4 3-6 6.5-6s6 2 6.5 6M15.5 4.8a3.5 3.5 0 0 1 0 6.4M17.5 14.4c2.3.8 3.7 2.7 4 5.6"/>""",
        ["person"] = """<circle cx="12" cy="8" r="4"/><path d="M4.5 20.5c.6-4.5 3.4-6.5 7.5-6.5s6.9 2 7.5 6.5"/>""",
        ["eye"] = """<path d="M2.5 12C5 7.5 8.2 5.5 12 5.5s7 2 9.5 6.5c-2.5 4.5-5.7 6.5-9.5 6.5s-7-2-9.5-6.5z"/><circle cx="12" cy="12" r="3"/>""",
        ["lock"] = """<rect x="5" y="10.5" width="14" height="10" rx="2"/><path d="M8 10.5V7.5a4 4 0 0 1 8 0v3M12 14.5v2"/>""",
        ["clock"] = """<circle cx="12" cy="12" r="8.5"/><path d="M12 7v5.3l3.5 2"/>""",
        ["place"] = """<path d="M12 21c4.5-5 6.5-8.3 6.5-11a6.5 6.5 0 0 0-13 0c0 2.7 2 6 6.5 11z"/><circle cx="12" cy="10" r="2.3"/>""",
        ["video"] = """<rect x="3" y="6.5" width="12" height="11" rx="2"/><path d="m15 11 6-3.5v9L15 13"/>""",
        ["phone"] = """<path d="M6.5 3.5 9.5 4l1 4-2 1.7c1 2.5 3.2 4.7 5.8 5.8l1.7-2 4 1 .5 3c-.3 1.6-1.4 3-3 3C10.2 20.5 3.5 13.8 3.5 6.5c0-1.6 1.4-2.7 3-3z"/>""",
        ["bell"] = """<path d="M5 17.5c1.3-1.3 1.8-3 1.8-6.5a5.2 5.2 0 0 1 10.4 0c0 3.5.5 5.2 1.8 6.5zM10 20.5h4"/>""",
        ["check"] = """<path d="m4.5 12.5 5 5 10-11"/>""",
        ["done"] = """<circle cx="12" cy="12" r="8.5"/><path d="m8 12.3 2.8 2.8L16 9.5"/>""",
        ["alert"] = """<path d="M12 3.5 2.5 20h19zM12 10v4.5M12 17.2v.1"/>""",
        ["info"] = """<circle cx="12" cy="12" r="8.5"/><path d="M12 11v5.5M12 7.7v.1"/>""",
        ["high"] = """<path d="M12 19V5M6 11l6-6 6 6"/>""",
        ["low"] = """<path d="M12 5v14M6 13l6 6 6-6"/>""",
        ["next"] = """<path d="m9 5 7 7-7 7"/>""",
        ["back"] = """<path d="m15 5-7 7 7 7"/>""",
        ["down"] = """<path d="m5 9 7 7 7-7"/>""",
        ["plus"] = """<path d="M12 5v14M5 12h14"/>""",
        ["close"] = """<path d="m6 6 12 12M18 6 6 18"/>""",
        ["search"] = """<circle cx="10.5" cy="10.5" r="6.5"/><path d="m15.5 15.5 5 5"/>""",
        ["download"] = """<path d="M12 4v11M7 10.5l5 5 5-5M4.5 20h15"/>""",
        ["upload"] = """<path d="M12 16V5M7 9.5l5-5 5 5M4.5 20h15"/>""",
        ["print"] = """<path d="M7 8V3.5h10V8M7 17H4V8h16v9h-3M7 14h10v6.5H7z"/>""",
        ["attach"] = """<path d="m19.5 11.5-8 8a4.8 4.8 0 0 1-6.8-6.8l8.5-8.5a3.2 3.2 0 0 1 4.5 4.5l-8.2 8.2a1.6 1.6 0 0 1-2.3-2.3l7.5-7.5"/>""",
        ["settings"] = """<path d="M4 7h9M17 7h3M4 17h3M11 17h9"/><circle cx="15" cy="7" r="2"/><circle cx="9" cy="17" r="2"/>""",
        ["language"] = """<circle cx="12" cy="12" r="8.5"/><path d="M3.5 12h17M12 3.5c5 5 5 12 0 17-5-5-5-12 0-17z"/>""",
        ["signout"] = """<path d="M14 4H5v16h9M10 12h11M17 8l4 4-4 4"/>""",
        ["empty"] = """<path d="M3.5 13.5 6.5 5h11l3 8.5V19h-17zM3.5 13.5h5l1.5 2.5h4l1.5-2.5h5"/>""",
    }.ToFrozenDictionary();

    /// <summary>The names that <see cref="Icon"/> takes.</summary>
    public static IReadOnlyList<string> Names => [.. Drawings.Keys.Order(StringComparer.Ordinal)];
}
