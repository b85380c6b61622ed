using Microsoft.EntityFrameworkCore;
using PatientPortal.Identity.Data;

namespace PatientPortal.Identity.Tests.Data;

public sealed class MergeMappingsTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task R37_of_each_table_with_a_patient_it_is_decided_whether_it_follows_a_merge()
    {
        await using var scope = app.Services.CreateAsyncScope();
        var held = scope.ServiceProvider.GetRequiredService<IdentityDb>().Model.GetEntityTypes()
            .Where(e => e.FindProperty("PatientId") is { } p && !p.IsPrimaryKey()).Select(e => e.ClrType).ToHashSet();
        held.Except(MergeMappings.Moving).Except(MergeMappings.Staying.Keys).ShouldBeEmpty("Decide in MergeMappings: does it move with its chart, or stay, and why?");
        MergeMappings.Moving.Union(MergeMappings.Staying.Keys).Except(held).ShouldBeEmpty("These have no PatientId any more.");
    }
}
