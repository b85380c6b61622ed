using System.Security.Cryptography;
using System.Text;
using PatientPortal.Messaging.Domain;
using PatientPortal.Ui;

namespace PatientPortal.Messaging.Data;

/// <summary>
/// Turns news into deliveries: one for each person who may hear of it and wants to, over each channel. The news' id makes them unique,
/// so news that comes twice is sent once.
/// </summary>
sealed class NoticeDesk(MessagingDb db, ChartMoves<MessagingDb> charts, PortalAddress address, NoticeBell bell, TimeProvider clock)
{
    /// <summary>One person who is told.</summary>
    sealed record Recipient(Guid AccountId, string? Email, string Language, Guid? GrantId);

    /// <summary>Tells the patient's own account, and the proxies whose scopes include it.</summary>
    /// <param name="news">The same text for the same news, however often it comes.</param>
    public async Task Tell(Guid patientId, NoticeKind kind, string news, CancellationToken ct, Func<string, string>? when = null, DateTimeOffset? usefulUntil = null)
    {
        // News may name a chart that was joined into another meanwhile.
        patientId = await charts.NowOf(patientId, ct);
        var scope = kind.Group().Scope();
        var recipients = new List<Recipient>();
        var patient = await db.KnownPatients.AsNoTracking().SingleOrDefaultAsync(p => p.Id == patientId, ct);
        if (patient is { AccountId: { } own }) recipients.Add(new(own, patient.Email, patient.Language, null));
        recipients.AddRange((await db.KnownProxies.AsNoTracking().Where(p => p.PatientId == patientId).ToListAsync(ct))
            .Where(p => scope is not null && p.May(scope)).DistinctBy(p => p.AccountId)
            .Select(p => new Recipient(p.AccountId, p.Email, p.Language, p.GrantId)));
        await Queue(recipients, kind, news, patientId, address.Value, when, usefulUntil, ct);
    }

    /// <summary>Tells the owner of an account something about that account.</summary>
    public Task TellAccount(
        Guid accountId, string email, string language, NoticeKind kind, string news, CancellationToken ct,
        string? link = null, Func<string, string>? when = null, DateTimeOffset? usefulUntil = null, string names = "") =>
        Queue([new(accountId, email, language, null)], kind, news, null, link ?? address.Value, when, usefulUntil, ct, names);

    /// <summary>What a delivery with a one-time link is named after: a digest, so that the link's secret stands nowhere in the clear.</summary>
    public static string NameOf(string what, string token) => $"{what}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)))[..32]}";

    /// <summary>Saves what was queued, with whatever else the reaction changed, and lets it leave at once.</summary>
    public async Task Save(CancellationToken ct)
    {
        await db.Save(ct);
        bell.Ring();
    }

    async Task Queue(
        IReadOnlyList<Recipient> recipients, NoticeKind kind, string news, Guid? patientId, string link, Func<string, string>? when,
        DateTimeOffset? usefulUntil, CancellationToken ct, string names = "")
    {
        var now = clock.GetUtcNow();
        if (usefulUntil < now) return;

        var reachable = recipients.Where(r => !string.IsNullOrWhiteSpace(r.Email)).ToList();
        var accounts = reachable.Select(r => r.AccountId).ToList();
        var group = kind.Group();
        var muted = group.CanBeMuted()
            ? await db.Preferences.Where(p => accounts.Contains(p.AccountId) && p.Group == group && p.Channel == Delivery.Email).Select(p => p.AccountId).ToListAsync(ct)
            : [];
        var told = await db.Deliveries.Where(d => d.News == news && d.Channel == Delivery.Email).Select(d => d.RecipientId).ToListAsync(ct);

        foreach (var recipient in reachable.Where(r => !muted.Contains(r.AccountId) && !told.Contains(r.AccountId)))
        {
            var (subject, text) = NoticeTemplates.Write(kind, recipient.Language, recipient.GrantId is not null,
                new(address.Clinic.Name, address.Clinic.Phone, link, when?.Invoke(recipient.Language) ?? "", names));
            var id = Ids.New(clock);
            db.Add(new Delivery
            {
                Id = id, News = news, RecipientId = recipient.AccountId, Channel = Delivery.Email, Kind = kind, PatientId = patientId, GrantId = recipient.GrantId,
                Address = recipient.Email!.Trim(), Subject = subject, Text = text, MessageId = $"<{id:N}@{address.MailDomain}>",
                CreatedAt = now, DueAt = now, UsefulUntil = usefulUntil,
            });
        }
    }
}
