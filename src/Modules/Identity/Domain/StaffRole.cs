namespace PatientPortal.Identity.Domain;

/// <summary>What a staff member does at the clinic.</summary>
enum StaffRole { Physician, Nurse, FrontDesk, Pharmacist, Records, PrivacyOfficer, Administrator }

/// <summary>
/// What each role may do, and no more than its work needs (45 CFR 164.502(b), "minimum necessary"; docs/adr/0019). Permissions are words that requests ask
/// for in <c>Needs</c>; whatever is not here is denied.
/// </summary>
static class Roles
{
    /// <summary>Every permission there is, with what it allows, in the order of the staff's page.</summary>
    public static readonly IReadOnlyList<(string Permission, string Says)> Permissions =
    [
        ("patients", "Find patients, see how they are reached, issue activation codes"),
        ("sign-ups", "Decide on people who ask for an account without a letter"),
        ("schedule", "See the day's visits and cancel them"),
        ("inbox", "Answer messages about appointments, bills, addresses and forms"),
        ("clinical-messages", "Answer messages about health, results and medicines"),
        ("refills", "See medicines, decide on refills, answer messages about them"),
        ("results", "Read the record: results, notes, documents"),
        ("release", "Follow up, hold back and release test results"),
        ("import", "Take in records from other systems"),
        ("break-glass", "Open a protected chart for an hour, giving a reason"),
        ("support", "See a patient's pages as they see them, without changing anything"),
        ("accounts", "Disable and enable accounts"),
        ("staff", "Invite staff, change their roles"),
        ("audit", "Read the audit trail"),
        ("privacy", "Protect charts, review who opened protected ones, answer patients' questions about accesses"),
        ("proxies", "Let somebody act for a patient on papers, end that, settle conflicts"),
        ("merge", "Join charts of one person, and part them again"),
        ("recover", "Open a recovery for somebody who lost their second factor, after checking who they are"),
        ("contacts", "Confirm new phone numbers of patients"),
        ("age-tiers", "Set what parents see at which age"),
        ("jobs", "See and run the portal's jobs, send notices again"),
    ];

    static readonly Dictionary<StaffRole, (string Title, HashSet<string> Permissions)> Table = new()
    {
        [StaffRole.Physician] = ("Physician", ["patients", "schedule", "inbox", "clinical-messages", "refills", "results", "release", "break-glass"]),
        [StaffRole.Nurse] = ("Nurse", ["patients", "schedule", "inbox", "clinical-messages", "refills", "results", "release", "break-glass"]),
        [StaffRole.FrontDesk] = ("Front desk", ["patients", "sign-ups", "schedule", "inbox", "proxies", "recover", "contacts", "break-glass", "support"]),
        [StaffRole.Pharmacist] = ("Pharmacist", ["patients", "inbox", "refills", "break-glass"]),
        [StaffRole.Records] = ("Records", ["patients", "sign-ups", "results", "import", "proxies", "merge", "contacts", "break-glass"]),
        [StaffRole.PrivacyOfficer] = ("Privacy officer", ["patients", "audit", "privacy"]),
        [StaffRole.Administrator] = ("Administrator", ["patients", "import", "support", "accounts", "staff", "recover", "audit", "age-tiers", "jobs"]),
    };

    public static IReadOnlyList<StaffRole> All { get; } = Enum.GetValues<StaffRole>();

    public static string TitleOf(StaffRole role) => Table[role].Title;

    public static IReadOnlySet<string> PermissionsOf(StaffRole role) => Table[role].Permissions;

    public static bool TryRead(string? text, out StaffRole role) => Enum.TryParse(text, ignoreCase: true, out role) && Enum.IsDefined(role) && !int.TryParse(text, out _);
}
