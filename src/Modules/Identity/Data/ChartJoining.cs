using PatientPortal.Identity.Contracts;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Data;

/// <summary>
/// Joins two charts of one person, and parts them again: what is this module's at once and in one transaction, the other modules by the news of it. Charts
/// are taken by their rows first, the smaller id before the other: of two merges at once one waits, and then finds the chart absorbed.
/// </summary>
sealed class ChartJoining(IdentityDb db, ChartMoves<IdentityDb> moves, JoinedGrants joined, Grants grants, Sessions sessions, CurrentStaff staff, TimeProvider clock)
{
    public Task<Outcome<Guid>> Merge(DuplicatePair pair, Guid from, Guid into, string reason, CancellationToken ct) => db.InTransaction<Outcome<Guid>>(async () =>
    {
        if (await Take(from, into, absorbed: null, ct) < 2) return Outcome.Conflict("already_merged", "One of these charts has just been joined with another.");
        var now = clock.GetUtcNow();
        var (absorbed, stays) = (await db.Patients.SingleAsync(p => p.Id == from, ct), await db.Patients.SingleAsync(p => p.Id == into, ct));
        if (await WhyNot(absorbed, stays, ct) is { } no) return no;

        var merge = new ChartMerge { Id = Ids.New(clock), FromId = from, IntoId = into, At = now, ById = staff.Id, ByName = staff.Name, Reason = reason };
        absorbed.MergedIntoId = into;
        await db.Patients.Where(p => p.MergedIntoId == from).ExecuteUpdateAsync(set => set.SetProperty(p => p.MergedIntoId, into), ct);
        if (absorbed.ConflictAt is not null && stays.ConflictAt is null)
            (stays.ConflictAt, stays.ConflictReason, merge.ConflictCopied) = (absorbed.ConflictAt, absorbed.ConflictReason, true);
        await JoinAccounts(merge, ct);
        await CloseWhatIsOpen(from, now, ct);
        await joined.Join(merge, ct);
        db.Add(merge);
        (await db.DuplicatePairs.SingleAsync(p => p.Id == pair.Id, ct)).Decide(DuplicateState.Merged, staff.Id, staff.Name, null, now);
        await db.Save(ct);
        await moves.MergeInside(merge.Id, from, into, ct);

        db.ChangeTracker.Clear();
        await Tell(from, into, ct);
        db.Announce(new ChartsMerged(merge.Id, from, into, merge.AccountFollowed is not null), into);
        var answer = merge.Id;
        return await db.TrySave(answer, ct) is Saved.Done ? answer : Outcome.Conflict("already_merged", "One of these charts has just been joined with another.");
    }, ct);

    public Task<Outcome<Done>> Undo(ChartMerge asked, string reason, CancellationToken ct) => db.InTransaction<Outcome<Done>>(async () =>
    {
        var (from, into, now) = (asked.FromId, asked.IntoId, clock.GetUtcNow());
        await Take(from, into, absorbed: from, ct);
        var merge = await db.ChartMerges.SingleAsync(m => m.Id == asked.Id, ct);
        if (await WhyNotUndo(merge, now, ct) is { } no) return no;

        (merge.UndoneAt, merge.UndoneById, merge.UndoneByName, merge.UndoneReason) = (now, staff.Id, staff.Name, reason);
        var (absorbed, stays) = (await db.Patients.SingleAsync(p => p.Id == from, ct), await db.Patients.SingleAsync(p => p.Id == into, ct));
        absorbed.MergedIntoId = null;
        if (merge.ConflictCopied && stays.ConflictAt == absorbed.ConflictAt) (stays.ConflictAt, stays.ConflictReason) = (null, null);
        if (merge.AccountDisabled is { } disabled && await db.Accounts.SingleAsync(a => a.Id == disabled, ct) is { } account && account.DisabledAt == merge.At) account.DisabledAt = null;
        if (merge.AccountFollowed is { } followed && await db.Accounts.AnyAsync(a => a.Id == followed && a.PatientId == into, ct)) await Hand(followed, into, from, ct);
        await joined.Part(merge, ct);
        var (one, other) = from.CompareTo(into) < 0 ? (from, into) : (into, from);
        foreach (var pair in await db.DuplicatePairs.Where(p => p.OneId == one && p.OtherId == other).ToListAsync(ct)) pair.Decide(DuplicateState.Dismissed, staff.Id, staff.Name, reason, now);
        await db.Save(ct);
        await moves.UndoInside(merge.Id, from, into, ct);
        await PointBack(from, ct);

        db.ChangeTracker.Clear();
        await Tell(from, into, ct);
        db.Announce(new ChartsUnmerged(merge.Id, from, into, merge.AccountFollowed is not null), Ids.Of("identity: charts that were parted"));
        return await db.TrySave(default(Done), ct) is Saved.Done ? default(Done) : Outcome.Stale();
    }, ct);

    /// <summary>What stands against joining these two; the page asks too.</summary>
    public async Task<Refusal?> WhyNot(Patient one, Patient other, CancellationToken ct)
    {
        if (one.IsDeceased != other.IsDeceased)
            return Outcome.Refused("one_deceased", "One of the two is recorded as deceased and the other is not.", "Find out which is right, and have the source correct that chart first.");
        if (await db.StaffMembers.CountAsync(m => m.ChartId == one.Id || m.ChartId == other.Id, ct) > 1)
            return Outcome.Refused("two_staff_members", "Each of the two is another staff member’s own chart.", "Ask the privacy officer which of them is right.");
        return null;
    }

    public async Task<Refusal?> WhyNotUndo(ChartMerge merge, DateTimeOffset now, CancellationToken ct)
    {
        if (merge.UndoneAt is not null) return Outcome.Refused("already_undone", "This merge has been undone.", "Nothing is left to do.");
        if (!merge.CanBeUndone(now)) return Outcome.Refused("too_late", "A merge can be undone for 30 days.", "Have the sources send the records again for the right patient, and correct what remains by hand.");
        if (await db.ChartMerges.AnyAsync(m => m.UndoneAt == null && m.Id != merge.Id && (m.FromId == merge.IntoId || m.IntoId == merge.IntoId && m.At > merge.At), ct))
            return Outcome.Refused("later_merge", "The chart that stayed was joined with another later.", "Undo the later merge first.");
        return null;
    }

    /// <summary>Takes the rows of both charts, in one order.</summary>
    async Task<int> Take(Guid one, Guid other, Guid? absorbed, CancellationToken ct)
    {
        var taken = 0;
        foreach (var id in new[] { one, other }.Order())
            taken += await db.Patients.Where(p => p.Id == id && (p.MergedIntoId == null || id == absorbed)).ExecuteUpdateAsync(set => set.SetProperty(p => p.Version, p => p.Version + 1), ct);
        return taken;
    }

    async Task JoinAccounts(ChartMerge merge, CancellationToken ct)
    {
        if (await db.Accounts.SingleOrDefaultAsync(a => a.PatientId == merge.FromId, ct) is not { } account) return;
        // An account that its owner closed is none: it makes room for the one that they use.
        if (!await db.Accounts.AnyAsync(a => a.PatientId == merge.IntoId && (a.ClosedAt == null || account.ClosedAt != null), ct))
        {
            await Hand(account.Id, merge.FromId, merge.IntoId, ct);
            merge.AccountFollowed = account.Id;
            return;
        }
        if (account.DisabledAt is not null) return;
        (account.DisabledAt, merge.AccountDisabled) = (merge.At, account.Id);
        db.Announce(new AccountSecurityChanged(account.Id, account.Name, account.Email, account.Language, "account_joined"), account.Id);
        await sessions.EndAll(account.Id, "charts_merged", ct);
    }

    /// <summary>Gives an account to the other chart. A closed one that is there changes places with it, and so is back after the undoing: a chart has one account.</summary>
    async Task Hand(Guid account, Guid from, Guid into, CancellationToken ct)
    {
        var closed = await db.Accounts.Where(a => a.PatientId == into).Select(a => (Guid?)a.Id).SingleOrDefaultAsync(ct);
        await Give(closed, null);
        await Give(account, into);
        await Give(closed, from);

        Task<int> Give(Guid? id, Guid? chart) => db.Accounts.Where(a => a.Id == id).ExecuteUpdateAsync(set => set.SetProperty(a => a.PatientId, chart), ct);
    }

    async Task CloseWhatIsOpen(Guid chart, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var code in await db.ActivationCodes.Where(c => c.PatientId == chart && c.UsedAt == null && c.RevokedAt == null).ToListAsync(ct)) code.RevokedAt = now;
        foreach (var invitation in await db.ProxyInvitations.Where(i => i.PatientId == chart && i.AcceptedAt == null && i.DeniedAt == null && i.WithdrawnAt == null && i.ReplacedAt == null).ToListAsync(ct))
            invitation.WithdrawnAt = now;
        foreach (var contact in await db.ReportedContacts.Where(c => c.PatientId == chart && c.OpenFor != null).ToListAsync(ct)) (contact.OpenFor, contact.SetAsideAt) = (null, now);
        foreach (var visit in await db.SupportVisits.Where(v => v.PatientId == chart && v.EndedAt == null).ToListAsync(ct)) visit.EndedAt = now;
    }

    /// <summary>Charts that were absorbed by this one before lead to it again.</summary>
    async Task PointBack(Guid chart, CancellationToken ct)
    {
        var (all, next) = (new HashSet<Guid>(), new List<Guid> { chart });
        while (next.Count > 0)
        {
            next = await db.ChartMerges.Where(m => m.UndoneAt == null && next.Contains(m.IntoId)).Select(m => m.FromId).ToListAsync(ct);
            next.RemoveAll(id => !all.Add(id));
        }
        await db.Patients.Where(p => all.Contains(p.Id)).ExecuteUpdateAsync(set => set.SetProperty(p => p.MergedIntoId, chart), ct);
    }

    async Task Tell(Guid from, Guid into, CancellationToken ct)
    {
        foreach (var patient in await db.Patients.Where(p => p.Id == from || p.Id == into).ToListAsync(ct)) await grants.TellAll(patient, ct);
    }
}
