using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using PatientPortal.Identity.Contracts;
using PatientPortal.Messaging.Contracts;
using PatientPortal.Messaging.Domain;
using PatientPortal.Pharmacy.Contracts;
using PatientPortal.Records.Contracts;
using PatientPortal.Scheduling.Contracts;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Messaging.Tests.Reactions;

public sealed class NoticesTests : IAsyncLifetime
{
    readonly KeepingPost post = new();
    PortalApp app = null!;

    public async ValueTask InitializeAsync() => app = await PortalApp.New(services => services.Replace(ServiceDescriptor.Singleton<IPost>(post)));

    public ValueTask DisposeAsync() => app.DisposeAsync();

    static Guid New() => Guid.CreateVersion7();

    async Task<Guid> Chart(string name) => await PortalApp.OwnChart(await app.SignInAs(name));

    async Task<IReadOnlyList<Mail>> Sent()
    {
        await app.RunJob("send-notices");
        return post.Mails;
    }

    [Fact]
    public async Task every_notice_is_delivered_once_when_every_event_is_delivered_twice()
    {
        var (maria, account) = (await Chart("maria"), await (await app.SignInAs("maria")).Account());
        var (start, zone) = (app.Clock.GetUtcNow().AddDays(3), "America/New_York");
        (INotification News, Guid Subject)[] all =
        [
            (new AppointmentBooked(New(), maria, start, zone), maria), (new AppointmentRescheduled(New(), maria, start, start.AddHours(1), zone), maria),
            (new AppointmentCancelled(New(), maria, start, zone, true), maria), (new ReminderDue(New(), New(), maria, start, zone), maria),
            (new ResultsReleased(New(), maria, 3), maria), (new MessageAnswered(New(), New(), maria), maria),
            (new RefillApproved(New(), maria), maria), (new RefillDenied(New(), maria), maria), (new RefillReady(New(), maria), maria),
            (new PasswordResetAsked(account, "Maria", "maria@example.org", "en", "a-token", start), account),
            (new AccountSecurityChanged(account, "Maria", "maria@example.org", "en", "password_changed"), account),
            (new AccountActivated(account, maria, "Maria", "maria@example.org"), maria),
        ];
        foreach (var (news, subject) in all) await app.Hear(news, subject);
        (await Sent()).Count.ShouldBe(all.Length);

        // Every delivery of the outbox once more, as after a crash that lost the receipts.
        await app.Database.Execute("UPDATE kernel_deliveries SET state = 'pending'", CancellationToken.None);
        await app.CourierIsIdle();
        (await Sent()).Count.ShouldBe(all.Length);
        (await app.Db(db => db.Deliveries.CountAsync())).ShouldBe(all.Length);
    }

    [Fact]
    public async Task R28_a_proxy_hears_of_what_their_scopes_include_until_the_moment_they_are_revoked()
    {
        var james = await app.SignInAs("james");
        var child = await james.Child();
        await app.Hear(new ResultsReleased(New(), child, 1), child);
        var mail = (await Sent()).ShouldHaveSingleItem();
        mail.Text.ShouldContain("somebody you care for");
        mail.Text.ShouldNotContain("Emma");

        // One is waiting when the grant ends, one comes after.
        await app.Hear(new MessageAnswered(New(), New(), child), child);
        var grant = await app.Db(db => db.KnownProxies.Where(p => p.PatientId == child).Select(p => p.GrantId).SingleAsync());
        await app.Hear(new ProxyRevoked(grant, child, await james.Account()), child);
        await app.Hear(new ResultsReleased(New(), child, 1), child);
        (await Sent()).Count.ShouldBe(1);
        (await app.Db(db => db.Deliveries.CountAsync(d => d.PatientId == child && d.State == DeliveryState.Withdrawn))).ShouldBe(1);
    }

    [Fact]
    public async Task a_grant_whose_news_comes_after_that_of_its_end_gives_nothing()
    {
        var (maria, other, grant) = (await Chart("maria"), New(), New());
        await app.Hear(new ProxyRevoked(grant, maria, other), maria);
        await app.Hear(new ProxyGranted(grant, maria, other, "Ana", "spouse", "ana@example.org", "es", ["records", "messages"]), maria);
        await app.Hear(new ResultsReleased(New(), maria, 1), maria);
        (await Sent()).Select(m => m.To).ShouldNotContain("ana@example.org");
        (await app.Db(db => db.KnownProxies.Where(p => p.GrantId == grant).Select(p => p.Email).SingleAsync())).ShouldBeNull();
    }

    [Fact]
    public async Task R28_a_notice_that_waits_when_the_scopes_narrow_is_not_sent_and_those_within_them_are()
    {
        var james = await app.SignInAs("james");
        var child = await james.Child();
        var proxy = await app.Db(db => db.KnownProxies.AsNoTracking().SingleAsync(p => p.PatientId == child));
        await app.Hear(new ResultsReleased(New(), child, 1), child);
        await app.Hear(new AppointmentBooked(New(), child, app.Clock.GetUtcNow().AddDays(1), "America/New_York"), child);
        await app.Hear(new ProxyGranted(proxy.GrantId, child, await james.Account(), "James", "parent", proxy.Email, "en", ["appointments"]), child);

        (await Sent()).ShouldHaveSingleItem().Subject.ShouldContain("visit");
        (await app.Db(db => db.Deliveries.CountAsync(d => d.PatientId == child && d.State == DeliveryState.Withdrawn))).ShouldBe(1);
    }

    [Fact]
    public async Task R30_a_proxy_without_the_scope_hears_nothing()
    {
        var (maria, other) = (await Chart("maria"), New());
        await app.Hear(new ProxyGranted(New(), maria, other, "Ana", "spouse", "ana@example.org", "es", ["appointments"]), maria);
        await app.Hear(new ResultsReleased(New(), maria, 1), maria);
        (await Sent()).Select(m => m.To).ShouldNotContain("ana@example.org");
        await app.Hear(new AppointmentBooked(New(), maria, app.Clock.GetUtcNow().AddDays(1), "America/New_York"), maria);
        (await Sent()).Single(m => m.To is "ana@example.org").Text.ShouldContain("persona a su cuidado");
    }

    [Fact]
    public async Task a_reminder_says_when_in_the_clinics_zone_and_nothing_more()
    {
        var maria = await Chart("maria");
        await app.Hear(new ReminderDue(New(), New(), maria, new(2026, 11, 26, 15, 0, 0, TimeSpan.Zero), "America/Chicago"), maria);
        (await Sent()).Single().Text.ShouldContain("Thursday, November 26, 2026 at 9:00 am CST");
    }

    [Fact]
    public async Task a_patient_without_an_account_gets_no_mail()
    {
        var stranger = New();
        await app.Hear(new PatientRegistered(stranger, "C-1", "New Person", new(1990, 1, 1), null, "new@example.org", null, "America/New_York", "en"), stranger);
        await app.Hear(new ResultsReleased(New(), stranger, 1), stranger);
        (await Sent()).ShouldBeEmpty();
        await app.Hear(new ContactChanged(stranger, "New Name", new(1990, 1, 1), null, "other@example.org", null, "America/Chicago", "es"), stranger);
        await app.Hear(new AccountActivated(New(), stranger, "New Name", "own@example.org"), stranger);
        (await Sent()).Single().To.ShouldBe("own@example.org");
    }

    [Fact]
    public async Task a_password_reset_carries_its_link_and_nothing_in_the_database_shows_it()
    {
        await app.Hear(new PasswordResetAsked(New(), "Maria", "maria@example.org", "en", "quixotic-token", app.Clock.GetUtcNow().AddMinutes(30)));
        (await Sent()).Single().Text.ShouldContain("/reset#quixotic-token");
        var bytes = await DatabaseBytes.Of(app.Database);
        bytes.Hold("PasswordReset").ShouldBeTrue();
        bytes.Hold("quixotic").ShouldBeFalse();
    }

    [Fact]
    public async Task what_is_written_in_a_conversation_is_in_no_mail()
    {
        var (maria, nurse) = (await app.SignInAs("maria"), await app.SignInAs("nurse"));
        await nurse.Answer(await maria.Ask("zanzibar marmalade", "zanzibar on top"), "zanzibar in the answer");
        await app.CourierIsIdle();
        var mail = (await Sent()).ShouldHaveSingleItem();
        $"{mail.Subject} {mail.Text}".ShouldNotContain("zanzibar");
        mail.To.ShouldContain("@");
    }
}
