using System.Net;
using PatientPortal.Messaging.Domain;
using Shouldly;
using Xunit;

namespace PatientPortal.Messaging.Tests.ForStaff;

public sealed class RetryDeliveryTests
{
    [Fact]
    public async Task once_mended_it_is_sent_again_and_then_it_is_no_longer_among_the_failed()
    {
        var (app, post) = await ListDeliveriesTests.WithOneFailed();
        await using var own = app;
        var admin = await app.SignInAs("admin");
        var id = (await admin.Get("/api/v1/staff/deliveries")).Items().Single().Id();

        post.Does = _ => new(SendingEnding.Accepted, "Kept.");
        (await admin.Post($"/api/v1/staff/deliveries/{id}/retry", new { })).StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await admin.Post($"/api/v1/staff/deliveries/{id}/retry", new { })).Problem(HttpStatusCode.Conflict, "not_failed");
        await app.RunJob("send-notices");
        (await admin.Get("/api/v1/staff/deliveries")).Items().ShouldBeEmpty();
        (await admin.Get("/api/v1/staff/deliveries?status=sent")).Items().Single().Id().ShouldBe(id);
        post.Mails.Select(m => m.MessageId).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task one_that_is_not_there_is_not_found_and_a_nurse_may_not()
    {
        var (app, _) = await ListDeliveriesTests.WithOneFailed();
        await using var own = app;
        (await (await app.SignInAs("admin")).Post($"/api/v1/staff/deliveries/{Guid.CreateVersion7()}/retry", new { })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await (await app.SignInAs("nurse")).Post($"/api/v1/staff/deliveries/{Guid.CreateVersion7()}/retry", new { })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }
}
