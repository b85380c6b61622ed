using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Tests.ForStaff;

public sealed class EndProxyTests : IAsyncLifetime
{
    PortalApp app = null!;
    HttpClient desk = null!;
    Guid daughter;

    static readonly byte[] Order = [.. "%PDF-1.4 the court orders"u8];

    public async ValueTask InitializeAsync()
    {
        app = await PortalApp.New();
        desk = await app.SignInAs("frontdesk");
        daughter = await app.Daughter();
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task R35_one_parent_cannot_have_the_other_removed_but_a_court_order_on_file_can()
    {
        var mother = await app.Grant(daughter, "aisha", LegalBasis.ParentalResponsibility);
        var aisha = await app.SignInAs("aisha");
        (await (await (await app.SignInAs("james")).PostAsync($"/api/v1/patients/{daughter}/proxies/{mother}/revoke", null)).Code()).ShouldBe("not_the_patient");
        (await (await desk.PostAsJsonAsync($"/api/v1/staff/patients/{daughter}/proxies/{mother}/end", new { })).Code()).ShouldBe("needs_court_order");
        (await (await desk.PostAsJsonAsync($"/api/v1/staff/patients/{daughter}/proxies/{mother}/end", new { document = "MZ not a paper"u8.ToArray() })).FieldErrors("document")).ShouldNotBeEmpty();
        (await aisha.GetAsync($"/api/v1/patients/{daughter}")).StatusCode.ShouldBe(HttpStatusCode.OK);

        (await desk.PostAsJsonAsync($"/api/v1/staff/patients/{daughter}/proxies/{mother}/end", new { fileName = "order.pdf", document = Order })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await aisha.GetAsync($"/api/v1/patients/{daughter}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await app.SignInAs("james")).GetAsync($"/api/v1/patients/{daughter}")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task what_rests_on_a_wish_staff_end_without_papers_and_another_charts_grant_is_not_found()
    {
        var grant = await app.Grant(daughter, "aisha", LegalBasis.PatientsWish);
        var other = await PortalApp.OwnChart(await app.SignInAs("maria"));
        (await desk.PostAsJsonAsync($"/api/v1/staff/patients/{other}/proxies/{grant}/end", new { })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await app.SignInAs("pharmacist")).PostAsJsonAsync($"/api/v1/staff/patients/{daughter}/proxies/{grant}/end", new { })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await desk.PostAsJsonAsync($"/api/v1/staff/patients/{daughter}/proxies/{grant}/end", new { })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }
}
