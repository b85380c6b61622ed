using PatientPortal.Identity.Contracts;
using PatientPortal.Kernel.Data;
using PatientPortal.Records.Data;
using PatientPortal.Records.Reactions;

namespace PatientPortal.Records.Tests.Reactions;

public sealed class KnownPatientTests(PortalApp app)
{
    [Fact]
    public async Task a_change_that_came_before_the_registration_is_not_lost()
    {
        var id = Ids.New(app.Clock);
        await app.Inside(async services =>
        {
            await new OnContactChanged(services.GetRequiredService<RecordsDb>()).Handle(new(id, "New Name", new(1980, 1, 2), "female", null, null, "America/Chicago", "es"), CancellationToken.None);
            return true;
        });
        await app.Inside(async services =>
        {
            await new OnPatientRegistered(services.GetRequiredService<RecordsDb>()).Handle(new(id, "C-1", "Old Name", new(1980, 1, 2), "female", null, null, "America/New_York", "en"), CancellationToken.None);
            return true;
        });
        var known = await app.Inside(services => services.GetRequiredService<RecordsDb>().Patients.SingleAsync(p => p.Id == id));
        (known.Name, known.TimeZone, known.Language).ShouldBe(("New Name", "America/Chicago", "es"));
    }
}
