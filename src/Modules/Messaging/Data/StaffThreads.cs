using PatientPortal.Messaging.Domain;

namespace PatientPortal.Messaging.Data;

/// <summary>Which conversations a staff member's role opens: what is about health is not the front desk's to read (docs/adr/0019).</summary>
static class StaffThreads
{
    /// <summary>The conversations within reach; every query of the staff's slices begins here.</summary>
    public static IQueryable<Conversation> ThreadsFor(this MessagingDb db, CurrentStaff staff)
    {
        if (staff.May("clinical-messages")) return db.Threads;
        IReadOnlyList<Topic> within = [.. staff.May("inbox") ? Topics.OfTheDesk : [], .. staff.May("refills") ? Topics.OfMedicines : []];
        return db.Threads.Where(t => within.Contains(t.Topic));
    }
}
