using PatientPortal.Messaging.Contracts;
using PatientPortal.Messaging.Data;
using PatientPortal.Messaging.Domain;

namespace PatientPortal.Messaging.Jobs.SendNotices;

/// <summary>
/// Sends the notices that are due. Each is claimed before it is sent and marked after it: a crash in between leaves a claim whose lease
/// runs out, or that the next start frees (<see cref="NoticeClaims"/>), and the repeat carries the same Message-ID. Two runs at once share the work; neither sends what the other has claimed.
/// </summary>
[Job("send-notices", EverySeconds = 20, Says = "Sends the e-mail notices that are due")]
sealed class SendNotices(MessagingDb db, IPost post, TimeProvider clock) : IJob
{
    public async Task<string> Run(CancellationToken ct)
    {
        if (post.Closed is { } why) return why;

        var (sent, later, failed, withdrawn) = (0, 0, 0, 0);
        var tried = new HashSet<Guid>();
        while (await Due(ct) is { Count: > 0 } due)
        {
            // What this run has tried once waits for the next, whatever the clock says.
            due.RemoveAll(id => !tried.Add(id));
            if (due.Count == 0) break;
            foreach (var id in due)
            {
                ct.ThrowIfCancellationRequested();
                switch (await Deliver(id, ct))
                {
                    case SendingEnding.Accepted: sent++; break;
                    case SendingEnding.Later: later++; break;
                    case SendingEnding.Refused: failed++; break;
                    case null: withdrawn++; break;
                    case SendingEnding.NotReached:
                        return Sentence(sent, later + 1, failed) + " The mail server can't be reached; the rest waits.";
                }
            }
        }
        return Sentence(sent, later, failed);
    }

    async Task<List<Guid>> Due(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var due = await db.Deliveries.Where(d => d.State == DeliveryState.Due && d.DueAt <= now)
            .OrderBy(d => d.DueAt).ThenBy(d => d.Id).Select(d => d.Id).Take(MessagingLimits.Batch).ToListAsync(ct);
        due.AddRange(await db.Deliveries.Where(d => d.State == DeliveryState.Sending && d.LeaseUntil < now).OrderBy(d => d.LeaseUntil).Select(d => d.Id).Take(MessagingLimits.Batch).ToListAsync(ct));
        return due;
    }

    /// <summary>How the try ended; null when there was nothing to send (any more).</summary>
    async Task<SendingEnding?> Deliver(Guid id, CancellationToken ct)
    {
        db.ChangeTracker.Clear();
        var delivery = await db.Deliveries.SingleAsync(d => d.Id == id, ct);
        if (!delivery.IsClaimable(clock.GetUtcNow())) return null;
        if (await WhyNot(delivery, ct) is { } reason)
        {
            delivery.Withdraw(reason);
            await db.TrySave(null, ct);
            return null;
        }

        delivery.Claim(clock.GetUtcNow());
        if (await db.TrySave(null, ct) is not Saved.Done) return null;

        var ended = await post.Send(new(delivery.Id, delivery.MessageId, delivery.Address, delivery.Subject, delivery.Text, clock.GetUtcNow()), ct);

        var needsPerson = delivery.Took(ended, clock.GetUtcNow());
        if (needsPerson) db.Announce(new DeliveryFailed(delivery.Id, delivery.PatientId, delivery.Channel), delivery.PatientId);
        // Stale here means that the lease ran out and another sender has it: its Message-ID is the same.
        await db.TrySave(null, CancellationToken.None);
        return needsPerson ? SendingEnding.Refused : ended.Ending;
    }

    /// <summary>Why it must not leave any more: access may have ended since it was written.</summary>
    async Task<string?> WhyNot(Delivery delivery, CancellationToken ct)
    {
        if (delivery.UsefulUntil < clock.GetUtcNow()) return "It came too late to be of use.";
        if (delivery.GrantId is { } grant)
        {
            var proxy = await db.KnownProxies.AsNoTracking().SingleOrDefaultAsync(p => p.GrantId == grant, ct);
            return proxy is null or { HasEnded: true } || delivery.Kind.Group().Scope() is { } scope && !proxy.May(scope) ? "The recipient's access has ended." : null;
        }
        return delivery.PatientId is { } patient && !await db.KnownPatients.AnyAsync(p => p.Id == patient && p.AccountId == delivery.RecipientId, ct)
            ? "The account no longer belongs to this patient." : null;
    }

    static string Sentence(int sent, int later, int failed) => (sent, later, failed) is (0, 0, 0)
        ? "Nothing was due."
        : $"Sent {sent}, {later} to be tried again, {failed} need a person.";
}
