using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Data;

/// <summary>
/// What becomes of grants when charts are joined: nobody sees more than before without a person deciding. Somebody with grants for both, on one basis, goes
/// on with what they share; every other grant rests until staff confirm or end it.
/// </summary>
sealed class JoinedGrants(IdentityDb db, Grants grants, TimeProvider clock)
{
    public async Task Join(ChartMerge merge, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var all = await db.Grants.Where(g => (g.PatientId == merge.FromId || g.PatientId == merge.IntoId) && g.RevokedAt == null).ToListAsync(ct);
        foreach (var over in all.Where(g => g.EndsAt <= now).ToList())
        {
            grants.End(over, null, "end_date");
            all.Remove(over);
        }
        foreach (var holder in all.GroupBy(g => g.AccountId))
        {
            var (absorbed, staying) = (holder.SingleOrDefault(g => g.PatientId == merge.FromId), holder.SingleOrDefault(g => g.PatientId == merge.IntoId));
            var (wasAbsorbed, wasStaying) = (Was(absorbed), Was(staying));
            if (absorbed is not null && staying is not null)
            {
                var shared = Grant.Read(staying.Scopes).Intersect(Grant.Read(absorbed.Scopes)).ToList();
                if (absorbed.Basis == staying.Basis && new[] { absorbed, staying }.All(g => g.IsLive(now) && g.RestsSince is null) && shared.Count > 0)
                    (staying.Scopes, staying.EndsAt) = (string.Join(',', shared), Earlier(absorbed.EndsAt, staying.EndsAt));
                else await Rest(staying, merge, ct);
                // Two grants of one person for one chart can't be: this one stays behind, and rests.
                absorbed.RestsSince ??= merge.At;
            }
            else await Rest((absorbed ?? staying)!, merge, ct);

            if (absorbed is not null) merge.Grants.Add(Left(absorbed, wasAbsorbed!, moved: staying is null, staying?.Id));
            if (staying is not null) merge.Grants.Add(Left(staying, wasStaying!, moved: false, absorbed?.Id));
        }
        await db.Save(ct);
        var moving = merge.Grants.Where(g => g.Moved).Select(g => g.Id).ToList();
        await db.Grants.Where(g => moving.Contains(g.Id)).ExecuteUpdateAsync(set => set.SetProperty(g => g.PatientId, merge.IntoId), ct);
    }

    public async Task Part(ChartMerge merge, CancellationToken ct)
    {
        var ids = merge.Grants.ConvertAll(g => g.Id);
        var moved = merge.Grants.Where(g => g.Moved).Select(g => g.Id).ToList();
        await db.Grants.Where(g => moved.Contains(g.Id)).ExecuteUpdateAsync(set => set.SetProperty(g => g.PatientId, merge.FromId), ct);
        var now = await db.Grants.Where(g => ids.Contains(g.Id)).ToDictionaryAsync(g => g.Id, ct);
        var asLeft = merge.Grants.Where(j => now.TryGetValue(j.Id, out var g) && j.IsAsLeft(g)).Select(j => j.Id).ToHashSet();
        foreach (var joined in merge.Grants.Where(j => asLeft.Contains(j.Id)))
        {
            // What somebody decided about the one that went on was meant for this one too.
            if (joined.Partner is { } partner && !asLeft.Contains(partner))
            {
                await Ask(now[joined.Id], ct);
                continue;
            }
            (now[joined.Id].Scopes, now[joined.Id].EndsAt, now[joined.Id].RestsSince) = (joined.Scopes, joined.EndsAt, joined.RestsSince);
            foreach (var asked in await db.ProxyConcerns.Where(c => c.Kind == ConcernKind.ChartsJoined && c.SubjectId == joined.Id && c.SettledAt == null).ToListAsync(ct))
                if (joined.RestsSince is null) asked.SettledAt = clock.GetUtcNow();
        }
    }

    async Task Rest(Grant grant, ChartMerge merge, CancellationToken ct)
    {
        grant.RestsSince ??= merge.At;
        await Ask(grant, ct);
    }

    /// <summary>Puts the grant into the staff's list, or back into it.</summary>
    async Task Ask(Grant grant, CancellationToken ct)
    {
        if (await db.ProxyConcerns.SingleOrDefaultAsync(c => c.Kind == ConcernKind.ChartsJoined && c.SubjectId == grant.Id, ct) is { } known) (known.SettledAt, known.SettledBy) = (null, null);
        else db.Add(new ProxyConcern { Id = Ids.New(clock), PatientId = grant.PatientId, Kind = ConcernKind.ChartsJoined, SubjectId = grant.Id, FoundAt = clock.GetUtcNow() });
    }

    static (string Scopes, DateTimeOffset? EndsAt, DateTimeOffset? RestsSince)? Was(Grant? grant) => grant is null ? null : (grant.Scopes, grant.EndsAt, grant.RestsSince);

    static JoinedGrant Left(Grant grant, (string Scopes, DateTimeOffset? EndsAt, DateTimeOffset? RestsSince)? was, bool moved, Guid? partner) =>
        new(grant.Id, moved, partner, was!.Value.Scopes, was.Value.EndsAt, was.Value.RestsSince, grant.Scopes, grant.EndsAt, grant.RestsSince);

    static DateTimeOffset? Earlier(DateTimeOffset? one, DateTimeOffset? other) => one is null ? other : other is null || one < other ? one : other;
}
