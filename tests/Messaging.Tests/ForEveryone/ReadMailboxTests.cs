using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using PatientPortal.Messaging.Contracts;
using PatientPortal.Messaging.Data.Post;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Messaging.Tests.ForEveryone;

public sealed class ReadMailboxTests(PortalApp app) : IClassFixture<PortalApp>
{
    [Fact]
    public async Task in_development_the_mails_can_be_read_there()
    {
        var chart = await PortalApp.OwnChart(await app.SignInAs("maria"));
        await app.Hear(new MessageAnswered(Guid.CreateVersion7(), Guid.CreateVersion7(), chart), chart);
        await app.RunJob("send-notices");
        var list = await app.Anonymous().GetStringAsync("/mailbox");
        list.ShouldContain("A new message from Riverside Clinic");
        var link = System.Text.RegularExpressions.Regex.Match(list, "/mailbox/[0-9a-f-]{36}").Value;
        (await app.Anonymous().GetStringAsync(link)).ShouldContain("Your care team wrote to you");
    }

    [Fact]
    public async Task a_mail_that_is_not_there_is_not_found() =>
        (await app.Anonymous().GetAsync($"/mailbox/{Guid.CreateVersion7()}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

    [Fact]
    public async Task outside_development_there_is_no_mailbox()
    {
        await using var own = await PortalApp.New(services => services.Replace(ServiceDescriptor.Singleton(provider =>
            new FolderPost(provider.GetRequiredService<Microsoft.Extensions.Configuration.IConfiguration>(), new Elsewhere(), provider.GetRequiredService<PatientPortal.Messaging.Data.PortalAddress>()))));
        (await own.Anonymous().GetAsync("/mailbox")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    sealed class Elsewhere : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = Environments.Production;
        public string ApplicationName { get; set; } = "";
        public string ContentRootPath { get; set; } = "/";
        public Microsoft.Extensions.FileProviders.IFileProvider ContentRootFileProvider { get; set; } = null!;
    }
}
