using System.Reflection;
using PatientPortal.Identity.Domain;
using PatientPortal.Kernel.Modules;
using PatientPortal.Kernel.Requests;

namespace PatientPortal.Identity.Tests.Domain;

public sealed class RolesTests
{
    /// <summary>What the staff's requests, cards and places of all modules ask for.</summary>
    static HashSet<string> Asked()
    {
        var types = Host.Modules.All.SelectMany(m => m.Assembly.GetTypes()).ToList();
        var needs = types.Where(t => t.FullName!.Contains(".ForStaff.") || t.FullName.Contains(".Cards."))
            .SelectMany(t => new[] { t.FullName!.Contains(".ForStaff.") ? t.GetCustomAttribute<DoesAttribute>()?.Needs : null, t.GetCustomAttribute<StaffCardAttribute>()?.Needs });
        return [.. needs.OfType<string>()];
    }

    [Fact]
    public void whatever_staff_requests_need_stands_in_the_table_and_somebody_has_it()
    {
        Asked().Count.ShouldBeGreaterThan(8);
        Asked().Except(Roles.Permissions.Select(p => p.Permission)).ShouldBeEmpty("a permission that no role can have");
        foreach (var (permission, _) in Roles.Permissions) Roles.All.ShouldContain(r => Roles.PermissionsOf(r).Contains(permission), permission);
    }

    [Fact]
    public void a_role_has_nothing_that_the_table_does_not_name() =>
        Roles.All.SelectMany(Roles.PermissionsOf).Except(Roles.Permissions.Select(p => p.Permission)).ShouldBeEmpty();

    [Fact]
    public void whoever_manages_accounts_reads_nobodys_record_and_whoever_reviews_break_glass_cannot_break_it()
    {
        string[] clinical = ["schedule", "inbox", "clinical-messages", "refills", "results", "release"];
        foreach (var role in Roles.All.Where(r => Roles.PermissionsOf(r).Overlaps(["accounts", "staff", "privacy"])))
        {
            Roles.PermissionsOf(role).Intersect(clinical).ShouldBeEmpty(role.ToString());
            Roles.PermissionsOf(role).ShouldNotContain("break-glass", role.ToString());
        }
        Roles.PermissionsOf(StaffRole.FrontDesk).ShouldNotContain("clinical-messages");
    }

    [Theory]
    [InlineData("3")]
    [InlineData("Owner")]
    [InlineData("")]
    [InlineData(null)]
    public void what_is_no_role_is_none(string? text) => Roles.TryRead(text, out _).ShouldBeFalse();
}
