namespace PatientPortal.Identity.Domain;

/// <summary>What a staff member does at the clinic.</summary>
enum StaffRole { Physician, Nurse, FrontDesk, Pharmacist, Administrator }

/// <summary>What each role may do. Permissions are words that requests ask for in <c>Needs</c>; whatever is not here is denied.</summary>
static class Roles
{
    static readonly Dictionary<StaffRole, (string Title, HashSet<string> Permissions)> Table = new()
    {
        [StaffRole.Physician] = ("Physician", ["patients", "schedule", "inbox", "refills", "results"]),
        [StaffRole.Nurse] = ("Nurse", ["patients", "schedule", "inbox", "refills", "results"]),
        [StaffRole.FrontDesk] = ("Front desk", ["patients", "schedule", "inbox", "import"]),
        [StaffRole.Pharmacist] = ("Pharmacist", ["patients", "refills", "inbox"]),
        [StaffRole.Administrator] = ("Administrator", ["patients", "schedule", "inbox", "refills", "results", "import", "accounts", "audit", "jobs"]),
    };

    public static string TitleOf(StaffRole role) => Table[role].Title;

    public static IReadOnlySet<string> PermissionsOf(StaffRole role) => Table[role].Permissions;

    public static bool TryRead(string? text, out StaffRole role) => Enum.TryParse(text, ignoreCase: true, out role) && Enum.IsDefined(role);
}
