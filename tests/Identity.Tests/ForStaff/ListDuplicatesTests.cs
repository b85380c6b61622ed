using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Tests.ForStaff;

public sealed class ListDuplicatesTests : IAsyncLifetime
{
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New();

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task the_most_alike_stand_first_page_by_page()
    {
        await app.Inside(async s =>
        {
            var db = s.GetRequiredService<IdentityDb>();
            var charts = db.Patients.OrderBy(p => p.Id).Select(p => p.Id).Take(6).ToList();
            for (var i = 1; i < charts.Count; i++) db.Add(DuplicatePair.Of(Guid.CreateVersion7(), charts[0], charts[i], i < 3 ? 70 : 60 + i, null, app.Clock.GetUtcNow()));
            await db.Save(default);
            return 0;
        });
        var clerk = await app.SignInAs("records");
        var scores = new List<int>();
        string? cursor = null;
        do
        {
            var page = await clerk.See($"/api/v1/staff/duplicates?limit=2{(cursor is null ? "" : $"&cursor={cursor}")}");
            scores.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("score").GetInt32()));
            cursor = page.Text("next");
        }
        while (cursor is not null);
        scores.ShouldBe([70, 70, 65, 64, 63]);
        (await clerk.Page("/staff/duplicates")).QuerySelectorAll("a[href^='/staff/duplicates/']").Length.ShouldBeGreaterThan(5);
        (await clerk.GetAsync("/api/v1/staff/duplicates?cursor=x")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await clerk.GetAsync("/api/v1/staff/duplicates?state=all")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task whoever_may_not_join_charts_sees_none() =>
        (await (await app.SignInAs("frontdesk")).GetAsync("/api/v1/staff/duplicates")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
}
