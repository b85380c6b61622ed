namespace PatientPortal.Ui;

/// <summary>The five places of a patient's portal, and which pages belong to each.</summary>
static class PatientNav
{
    public static readonly IReadOnlyList<(string Path, string Icon, string Label, string[] Owns)> Places =
    [
        ("/", "home", "Home", []),
        ("/record", "record", "Record", ["/results", "/vitals", "/conditions", "/allergies", "/immunizations", "/procedures", "/goals", "/care-plans", "/notes", "/documents", "/care-team", "/access-log"]),
        ("/visits", "visits", "Visits", []),
        ("/messages", "messages", "Messages", []),
        ("/medications", "medicines", "Medicines", ["/refills"]),
    ];

    /// <summary>"page" on the place itself, "true" below it, else null: the values of aria-current.</summary>
    public static string? Current(string here, string path, string[] owns) =>
        here == path ? "page" : path is not "/" && (Below(here, path) || owns.Any(o => Below(here, o))) ? "true" : null;

    static bool Below(string here, string path) =>
        here.StartsWith(path, StringComparison.Ordinal) && (here.Length == path.Length || here[path.Length] is '/');
}
