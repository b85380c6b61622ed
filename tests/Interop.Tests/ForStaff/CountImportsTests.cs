using System.Net;
using Microsoft.Extensions.DependencyInjection;
using PatientPortal.Interop.ForStaff.CountImports;
using PatientPortal.Kernel.Access;
using PatientPortal.Kernel.Requests;
using PatientPortal.Testing;
using Shouldly;
using Xunit;
using static PatientPortal.Interop.Tests.ForStaff.Sending;

namespace PatientPortal.Interop.Tests.ForStaff;

public sealed class CountImportsTests(PortalApp app) : IClassFixture<PortalApp>
{
    Task<Outcome<ImportCounts>> Count(params string[] permissions) => app.Inside(services =>
    {
        services.GetRequiredService<RequestScope>().Actor = new(ActorKind.Staff, Guid.CreateVersion7(), "Test", "Clerk", Guid.Empty, permissions.ToHashSet(), null);
        return services.GetRequiredService<IHandle<CountImportsRequest, ImportCounts>>().Handle(new(), CancellationToken.None);
    });

    [Fact]
    public async Task what_needs_a_person_is_counted_for_a_week()
    {
        var client = await app.SignInAs("records");
        (await Count("import")).Value.ShouldBe(new ImportCounts(0, 0, 0));
        await client.Import("{").Json(HttpStatusCode.BadRequest);
        await client.Import(Bundle(Patient("cip"), Observation("cip-1", "stranger"))).Json();
        await client.Import(Bundle(Patient("cip"))).Json();
        (await Count("import")).Value.ShouldBe(new ImportCounts(0, 1, 1));
        app.Clock.Advance(TimeSpan.FromDays(8));
        (await Count("import")).Value.ShouldBe(new ImportCounts(0, 0, 0));
    }

    [Fact]
    public async Task without_the_permission_it_is_refused() => (await Count("inbox")).Refusal!.Verdict.ShouldBe(Verdict.Forbidden);
}
