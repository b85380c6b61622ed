using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PatientPortal.Messaging.Contracts;
using PatientPortal.Messaging.Domain;
using PatientPortal.Messaging.Jobs.SendNotices;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Messaging.Tests.Jobs;

public sealed class SendNoticesTests
{
    static Task<PortalApp> WithPost(IPost post) => PortalApp.New(services => services.Replace(ServiceDescriptor.Singleton(post)));

    static Task<PortalApp> WithServer(SmtpServer server, string security = "None") => PortalApp.New(null,
        ("Smtp:Host", "127.0.0.1"), ("Smtp:Port", $"{server.Port}"), ("Smtp:Security", security), ("Smtp:From", "no-reply@portal.test"), ("Portal:PublicAddress", "https://portal.test"));

    /// <summary>One notice for each address, due now.</summary>
    static async Task<IReadOnlyList<Guid>> Queue(PortalApp app, params string[] addresses)
    {
        var ids = new List<Guid>();
        foreach (var address in addresses)
        {
            var account = Guid.CreateVersion7();
            await app.Change(db =>
            {
                db.Add(new KnownPatient { Id = account, Name = "Somebody", TimeZone = "America/New_York", Language = "en", AccountId = account, Email = address });
                return Task.CompletedTask;
            });
            await app.Hear(new MessageAnswered(Guid.CreateVersion7(), Guid.CreateVersion7(), account), account);
            ids.Add(await app.Db(db => db.Deliveries.Where(d => d.RecipientId == account).Select(d => d.Id).SingleAsync()));
        }
        return ids;
    }

    static Task<Delivery> Find(PortalApp app, Guid id) => app.Db(db => db.Deliveries.AsNoTracking().SingleAsync(d => d.Id == id));

    [Fact]
    public async Task a_real_mail_server_takes_the_notice()
    {
        await using var server = await SmtpServer.Start();
        await using var app = await WithServer(server);
        var id = (await Queue(app, "maria@example.org"))[0];

        (await app.RunJob("send-notices")).ShouldBe("Sent 1, 0 to be tried again, 0 need a person.");
        var mail = (await server.Until(1)).Single();
        mail.To.ShouldBe("maria@example.org");
        mail.Subject.ShouldBe("A new message from Riverside Clinic");
        mail.Text.ShouldContain("https://portal.test");
        mail.Auto.ShouldBe("auto-generated");
        mail.Sender.ShouldContain("no-reply@portal.test");
        var delivery = await Find(app, id);
        delivery.State.ShouldBe(DeliveryState.Sent);
        mail.MessageId.ShouldBe(delivery.MessageId);

        (await app.RunJob("send-notices")).ShouldBe("Nothing was due.");
        server.Mails.Count.ShouldBe(1);
    }

    [Fact]
    public async Task later_is_later_and_never_needs_a_person()
    {
        await using var server = await SmtpServer.Start();
        await using var app = await WithServer(server);
        var ids = await Queue(app, "later@example.org", "never@example.org", "maria@example.org");

        await app.RunJob("send-notices");
        (await Find(app, ids[0])).State.ShouldBe(DeliveryState.Due);
        (await Find(app, ids[1])).State.ShouldBe(DeliveryState.NeedsPerson);
        (await Find(app, ids[1])).LastAnswer!.ShouldStartWith("550");
        (await Find(app, ids[2])).State.ShouldBe(DeliveryState.Sent);

        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.RunJob("send-notices");
        (await server.Until(2)).Select(m => m.To).ShouldBe(["maria@example.org", "later@example.org"]);
    }

    [Fact]
    public async Task a_server_that_is_away_loses_nothing_and_gets_everything_once_when_it_is_back()
    {
        await using var server = await SmtpServer.Start();
        await using var app = await WithServer(server);
        await Queue(app, [.. Enumerable.Range(0, 4).Select(n => $"before{n}@example.org")]);
        await app.RunJob("send-notices");
        await server.Until(4);

        await server.Stop();
        var ids = await Queue(app, [.. Enumerable.Range(0, 6).Select(n => $"after{n}@example.org")]);
        (await app.RunJob("send-notices"))!.ShouldContain("can't be reached");
        foreach (var id in ids) (await Find(app, id)).State.ShouldBe(DeliveryState.Due);

        await server.Listen();
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        await app.RunJob("send-notices");
        var mails = await server.Until(10);
        mails.Count.ShouldBe(10);
        mails.Select(m => m.MessageId).ShouldBeUnique();
        (await app.Db(db => db.Deliveries.CountAsync(d => ids.Contains(d.Id) && d.State == DeliveryState.Sent))).ShouldBe(6);
    }

    [Fact]
    public async Task a_line_that_breaks_after_the_mail_was_taken_repeats_it_with_the_same_message_id()
    {
        await using var server = await SmtpServer.Start();
        await using var app = await WithServer(server);
        var id = (await Queue(app, "lost@example.org"))[0];
        await app.RunJob("send-notices");
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        await app.RunJob("send-notices");
        var mails = await server.Until(2);
        mails.Select(m => m.MessageId).Distinct().ShouldBe([(await Find(app, id)).MessageId]);
    }

    [Fact]
    public async Task without_a_trusted_certificate_nothing_leaves_and_with_one_it_is_encrypted()
    {
        var (certificate, key) = Certificate();
        await using var server = await SmtpServer.Start(certificate, key);
        await using var app = await WithServer(server, "StartTls");
        var id = (await Queue(app, "maria@example.org"))[0];
        await app.RunJob("send-notices");
        (await Find(app, id)).State.ShouldBe(DeliveryState.Due);
        server.Mails.ShouldBeEmpty();

#pragma warning disable SYSLIB0014 // The one place where SmtpClient asks whether a certificate is trusted.
        var trusted = X509CertificateLoader.LoadCertificateFromFile(certificate).GetCertHashString();
        System.Net.ServicePointManager.ServerCertificateValidationCallback = (_, shown, _, _) => shown!.GetCertHashString() == trusted;
        try
        {
            app.Clock.Advance(TimeSpan.FromMinutes(2));
            await app.RunJob("send-notices");
        }
        finally
        {
            System.Net.ServicePointManager.ServerCertificateValidationCallback = null;
        }
#pragma warning restore SYSLIB0014
        (await server.Until(1)).Single().Encrypted.ShouldBeTrue();
    }

    [Fact]
    public async Task a_server_without_starttls_gets_nothing_when_it_is_asked_for()
    {
        await using var server = await SmtpServer.Start();
        await using var app = await WithServer(server, "StartTls");
        var id = (await Queue(app, "maria@example.org"))[0];
        await app.RunJob("send-notices");
        (await Find(app, id)).State.ShouldBe(DeliveryState.Due);
        server.Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task after_the_last_try_a_person_is_called_once()
    {
        var post = new KeepingPost(_ => new(SendingEnding.Later, "451 busy"));
        await using var app = await WithPost(post);
        var id = (await Queue(app, "busy@example.org"))[0];
        for (var n = 0; n < 20; n++)
        {
            await app.RunJob("send-notices");
            app.Clock.Advance(TimeSpan.FromHours(13));
        }
        (await Find(app, id)).State.ShouldBe(DeliveryState.NeedsPerson);
        post.Mails.Count.ShouldBe(MessagingLimits.Waits.Length + 1);
    }

    [Fact]
    public async Task a_crash_between_sending_and_marking_repeats_the_mail_under_its_own_id()
    {
        var post = new KeepingPost(_ => throw new InvalidOperationException("The process is gone."));
        await using var app = await WithPost(post);
        var id = (await Queue(app, "maria@example.org"))[0];
        await app.RunJob("send-notices");
        (await Find(app, id)).State.ShouldBe(DeliveryState.Sending);

        // While the lease holds nobody else sends it.
        post.Does = _ => new(SendingEnding.Accepted, "Kept.");
        app.Clock.Advance(TimeSpan.FromMinutes(1));
        await app.RunJob("send-notices");
        post.Mails.Count.ShouldBe(1);

        app.Clock.Advance(MessagingLimits.Lease);
        await app.RunJob("send-notices");
        (await Find(app, id)).State.ShouldBe(DeliveryState.Sent);
        post.Mails.Count.ShouldBe(2);
        post.Mails.Select(m => m.MessageId).Distinct().Count().ShouldBe(1);
    }

    [Fact]
    public async Task the_start_after_a_crash_frees_what_the_dead_sender_had_claimed_where_no_other_host_can_be()
    {
        var post = new KeepingPost(_ => throw new InvalidOperationException("The process is gone."));
        await using var app = await WithPost(post);
        var id = (await Queue(app, "maria@example.org"))[0];
        await app.RunJob("send-notices");
        (await Find(app, id)).State.ShouldBe(DeliveryState.Sending);

        await using var again = await app.StartedAgain();
        post.Does = _ => new(SendingEnding.Accepted, "Kept.");
        await again.RunJob("send-notices");
        if (PortalApp.Engine is Kernel.Data.Engine.PostgreSql)
        {
            // Another host may be sending it at this moment: it keeps its lease.
            (await Find(again, id)).State.ShouldBe(DeliveryState.Sending);
            again.Clock.Advance(MessagingLimits.Lease + TimeSpan.FromSeconds(1));
            await again.RunJob("send-notices");
        }
        (await Find(again, id)).State.ShouldBe(DeliveryState.Sent);
        post.Mails.Count.ShouldBe(2);
        post.Mails.Select(m => m.MessageId).Distinct().Count().ShouldBe(1);

        await using var third = await again.StartedAgain();
        (await third.RunJob("send-notices")).ShouldBe("Nothing was due.");
    }

    [Fact]
    public async Task two_senders_at_once_share_the_work()
    {
        var post = new KeepingPost();
        await using var app = await WithPost(post);
        var ids = await Queue(app, [.. Enumerable.Range(0, 30).Select(n => $"somebody{n}@example.org")]);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => app.Inside(async services =>
            await services.GetRequiredService<SendNotices>().Run(CancellationToken.None))));
        post.Mails.Select(m => m.Id).ShouldBe(ids, ignoreOrder: true);
    }

    [Fact]
    public async Task in_development_without_a_server_a_repeat_writes_the_same_file()
    {
        await using var app = await PortalApp.New();
        var id = (await Queue(app, "maria@example.org"))[0];
        await app.RunJob("send-notices");
        app.Mailbox().Count.ShouldBe(1);
        app.Mailbox()[0].ShouldContain("Subject: A new message from Riverside Clinic");
        File.Exists(Path.Combine(app.Data, "mail", $"{id:D}.eml")).ShouldBeTrue();
    }

    [Fact]
    public async Task what_came_too_late_to_be_of_use_is_not_sent()
    {
        var post = new KeepingPost();
        await using var app = await WithPost(post);
        var maria = await PortalApp.OwnChart(await app.SignInAs("maria"));
        var starts = app.Clock.GetUtcNow().AddHours(2);
        await app.Hear(new Scheduling.Contracts.ReminderDue(Guid.CreateVersion7(), Guid.CreateVersion7(), maria, starts, "America/New_York"), maria);
        app.Clock.Advance(TimeSpan.FromHours(3));
        await app.RunJob("send-notices");
        post.Mails.ShouldBeEmpty();
        (await app.Db(db => db.Deliveries.CountAsync(d => d.State == DeliveryState.Withdrawn))).ShouldBe(1);
    }

    static (string Certificate, string Key) Certificate()
    {
        using var rsa = RSA.Create(2048);
        var request = new CertificateRequest("CN=127.0.0.1", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2120, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var folder = Directory.CreateTempSubdirectory("portal-smtp-").FullName;
        var (certificate, key) = (Path.Combine(folder, "certificate.pem"), Path.Combine(folder, "key.pem"));
        File.WriteAllText(certificate, made.ExportCertificatePem());
        File.WriteAllText(key, rsa.ExportPkcs8PrivateKeyPem());
        return (certificate, key);
    }
}
