namespace PatientPortal.Identity.Domain;

/// <summary>How a staff member may know a patient outside of work, beside being the patient.</summary>
static class Ties
{
    public static readonly IReadOnlyList<(string Code, string Says)> Relations =
        [("relative", "A relative"), ("household", "We live together"), ("friend", "A friend, neighbor or former partner"), ("colleague", "I work with them")];

    public static string Says(string code) => code is "self" ? "Their own chart" : Relations.FirstOrDefault(r => r.Code == code).Says ?? code;
}
