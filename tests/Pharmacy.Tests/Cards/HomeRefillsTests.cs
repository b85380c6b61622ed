using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Pharmacy.Tests.Cards;

public sealed class HomeRefillsTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task the_home_page_shows_what_is_in_progress_and_what_runs_out()
    {
        var refills = (await (await app.SignInAs("maria")).Json("/api/v1/patients/me/home")).GetProperty("refills");
        refills.GetProperty("inProgress").EnumerateArray().Select(r => r.Text("status")).ShouldBe(["approved"]);
        refills.GetProperty("runningOut").EnumerateArray().Select(m => m.Text("name")).ShouldBe(["Lisinopril 10 MG Oral Tablet"]);
    }
}
