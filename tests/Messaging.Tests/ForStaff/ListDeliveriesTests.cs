using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PatientPortal.Messaging.Contracts;
using PatientPortal.Messaging.Domain;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Messaging.Tests.ForStaff;

public sealed class ListDeliveriesTests
{
    internal static async Task<(PortalApp App, KeepingPost Post)> WithOneFailed()
    {
        var post = new KeepingPost(_ => new(SendingEnding.Refused, "550 5.1.1 no such user"));
        var app = await PortalApp.New(services => services.Replace(ServiceDescriptor.Singleton<IPost>(post)));
        var maria = await PortalApp.OwnChart(await app.SignInAs("maria"));
        await app.Hear(new MessageAnswered(Guid.CreateVersion7(), Guid.CreateVersion7(), maria), maria);
        await app.RunJob("send-notices");
        return (app, post);
    }

    [Fact]
    public async Task what_failed_stands_there_with_what_the_server_said_and_without_its_text()
    {
        var (app, _) = await WithOneFailed();
        await using var own = app;
        var admin = await app.SignInAs("admin");
        var list = await admin.Get("/api/v1/staff/deliveries?status=failed");
        var line = list.Items().Single();
        line.Text("kind").ShouldBe("message");
        line.Text("lastAnswer").ShouldStartWith("550");
        line.Text("recipient").ShouldBe("Maria Alvarez");
        line.Text("address").ShouldMatch(@"^.…@.+");
        list.GetRawText().ShouldNotContain("care team");
        (await admin.Get("/api/v1/staff/deliveries?status=sent")).Items().ShouldBeEmpty();
        (await admin.GetStringAsync("/staff/deliveries")).ShouldContain("Send again");
    }

    [Fact]
    public async Task only_who_may_see_jobs_may_see_it()
    {
        await using var app = await PortalApp.New();
        await (await (await app.SignInAs("nurse")).GetAsync("/api/v1/staff/deliveries")).Problem(HttpStatusCode.Forbidden, "missing_permission");
        (await (await app.SignInAs("maria")).GetAsync("/api/v1/staff/deliveries")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await (await app.SignInAs("admin")).GetAsync("/api/v1/staff/deliveries?status=lost")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }
}
