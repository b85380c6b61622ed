using PatientPortal.Identity.Contracts;
using PatientPortal.Scheduling.Data;
using PatientPortal.Scheduling.Reactions;

namespace PatientPortal.Scheduling.Tests.Reactions;

public class KnownPatientTests(PortalApp app) : IClassFixture<PortalApp>
{
    static PatientRegistered Registered(Guid id) => new(id, "C-1", "Old Name", new(1980, 1, 2), "female", null, "+1 212 555 0001", "America/New_York", "en");

    static ContactChanged Changed(Guid id) => new(id, "New Name", new(1980, 1, 2), "female", null, "+1 212 555 0002", "America/New_York", "en");

    Task<bool> React<T>(T news) where T : notnull => app.Inside(async services =>
    {
        var db = services.GetRequiredService<SchedulingDb>();
        if (news is PatientRegistered registered) await new OnPatientRegistered(db).Handle(registered, Clinic.Ct);
        if (news is ContactChanged changed) await new OnContactChanged(db).Handle(changed, Clinic.Ct);
        return true;
    });

    Task<string> Name(Guid id) => app.Rows(db => db.KnownPatients.Where(p => p.Id == id).Select(p => p.Name).SingleAsync(Clinic.Ct));

    [Fact]
    public async Task a_registered_patient_is_known_and_a_change_is_followed_however_often_it_is_told()
    {
        var id = Ids.New(app.Clock);
        await React(Registered(id));
        await React(Registered(id));
        (await Name(id)).ShouldBe("Old Name");
        await React(Changed(id));
        await React(Changed(id));
        (await Name(id)).ShouldBe("New Name");
    }

    [Fact]
    public async Task a_change_that_came_first_is_newer_than_the_registration()
    {
        var id = Ids.New(app.Clock);
        await React(Changed(id));
        await React(Registered(id));
        (await Name(id)).ShouldBe("New Name");
    }
}
