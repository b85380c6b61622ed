using PatientPortal.Identity.Contracts;
using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;
using PatientPortal.Ui;

namespace PatientPortal.Identity.Jobs.TellOverdueReviews;

/// <summary>
/// Tells each privacy officer once a day that reviews of opened protected charts are overdue; nobody when none is, and nobody of what only somebody else may review.
/// Run again on the same day it writes nothing twice: the mail is named after the day.
/// </summary>
[Job("tell-overdue-reviews", DailyAt = "07:40", Says = "Writes to privacy officers when reviews of opened protected charts are overdue")]
sealed class TellOverdueReviews(IdentityDb db, IConfiguration settings, TimeProvider clock) : IJob
{
    public async Task<string> Run(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var day = Zones.Date(now, Clinic.Of(settings).Zone);
        // One's own opening is another officer's to review.
        var officers = await (
            from m in db.StaffMembers.AsNoTracking()
            join a in db.Accounts on m.Id equals a.Id
            where m.Role == StaffRole.PrivacyOfficer && a.DisabledAt == null && db.BrokenGlasses.Any(g => g.ReviewedAt == null && g.ReviewBy <= now && g.StaffId != m.Id)
            select a).ToListAsync(ct);
        foreach (var officer in officers) db.Announce(new ReviewsOverdue(officer.Id, officer.Email, officer.Language, day), officer.Id);
        if (officers.Count > 0) await db.Save(ct);
        return officers.Count is 0 ? "Nothing is overdue." : $"Told {officers.Count} privacy officers.";
    }
}
