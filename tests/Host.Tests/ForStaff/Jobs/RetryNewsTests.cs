using System.Net;
using System.Text.Json;
using PatientPortal.Kernel.Data;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Host.Tests.ForStaff.Jobs;

public sealed class RetryNewsTests
{
    [Fact]
    public async Task news_that_needs_a_person_is_listed_and_can_be_retried()
    {
        await using var app = await PortalApp.New();
        await Plant(app);
        var admin = await app.SignInAs("admin");
        using var listed = JsonDocument.Parse(await admin.GetStringAsync("/api/v1/staff/events"));
        var row = listed.RootElement.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        row.GetProperty("event").GetString().ShouldBe("PatientRegistered");
        (await admin.PostAsync($"/api/v1/staff/events/{row.GetProperty("seq").GetInt64()}/retry", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task news_that_is_not_there_is_not_found_and_a_nurse_may_retry_none()
    {
        await using var app = await PortalApp.New();
        (await (await app.SignInAs("admin")).PostAsync("/api/v1/staff/events/4711/retry", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await app.SignInAs("nurse")).PostAsync("/api/v1/staff/events/4711/retry", null)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    internal static async Task Plant(PortalApp app)
    {
        var id = Ids.New(app.Clock);
        await app.Database.Execute("INSERT INTO kernel_outbox (id, type, subject, at, payload, trace_id) VALUES (@id, 'PatientPortal.Identity.Contracts.PatientRegistered', @id, 0, @payload, '')",
            CancellationToken.None, ("id", id), ("payload", new byte[] { 1 }));
        await app.Database.Execute("INSERT INTO kernel_deliveries (outbox_id, handler, subject, state, attempts, next_at) VALUES (@id, 'PatientPortal.Records.Reactions.OnPatientRegistered', @id, 'needs_person', 8, 0)",
            CancellationToken.None, ("id", id));
    }
}
