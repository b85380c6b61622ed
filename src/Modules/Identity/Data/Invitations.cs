using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Data;

/// <summary>What the holder of an invitation's link meets: its one refusal, and tries that are counted where they can't be raced.</summary>
sealed class Invitations(IdentityDb db, PortalDatabase database, TimeProvider clock)
{
    /// <summary>Used, replaced, withdrawn, denied, expired, never there: the same words.</summary>
    public static readonly Refusal Dead = Outcome.Refused("invitation_refused",
        "This invitation has been used, replaced or withdrawn, or it is too old.", "Ask the person who invited you to send another.");

    public async Task<ProxyInvitation?> Find(string token, CancellationToken ct)
    {
        var hash = Secret.Hash(token);
        var found = await db.ProxyInvitations.AsNoTracking().SingleOrDefaultAsync(i => i.TokenHash == hash, ct);
        return found?.StateAt(clock.GetUtcNow()) is InvitationState.Waiting ? found : null;
    }

    const string Open = "accepted_at IS NULL AND denied_at IS NULL AND withdrawn_at IS NULL AND replaced_at IS NULL AND expires_at > @now";

    /// <summary>Takes one of the tries, before the answer is looked at: of many at once no more than three get one.</summary>
    /// <returns>Whether it was the last; null when there was none left.</returns>
    public Task<bool?> TakeTry(Guid invitation, CancellationToken ct) => database.Write<bool?>(background: false, async (connection, transaction) =>
    {
        await using var take = connection.Command(
            $"UPDATE identity_proxy_invitations SET tries = tries + 1, version = version + 1 WHERE id = @id AND tries < {ProxyInvitation.MostTries} AND {Open}",
            ("id", invitation), ("now", Instants.Write(clock.GetUtcNow())));
        take.Transaction = transaction;
        if (await take.ExecuteNonQueryAsync(ct) is 0) return null;
        await using var read = connection.Command("SELECT tries FROM identity_proxy_invitations WHERE id = @id", ("id", invitation));
        read.Transaction = transaction;
        return Convert.ToInt32(await read.ExecuteScalarAsync(ct), null) >= ProxyInvitation.MostTries;
    }, ct);

    /// <summary>The last try was wrong: nobody gets in through it any more, and staff see it in their list.</summary>
    public Task<int> Deny(ProxyInvitation invitation, CancellationToken ct) => database.Write(background: false, async (connection, transaction) =>
    {
        var now = Instants.Write(clock.GetUtcNow());
        await using var deny = connection.Command(
            $"UPDATE identity_proxy_invitations SET denied_at = @now, version = version + 1 WHERE id = @id AND {Open}", ("id", invitation.Id), ("now", now));
        deny.Transaction = transaction;
        if (await deny.ExecuteNonQueryAsync(ct) is 0) return 0;
        await using var tell = connection.Command("""
            INSERT INTO identity_proxy_concerns (id, patient_id, kind, subject_id, found_at, version) VALUES (@row, @patient, 'InvitationDenied', @id, @now, 0)
            ON CONFLICT (kind, subject_id) DO NOTHING
            """, ("row", Ids.New(clock)), ("patient", invitation.PatientId), ("id", invitation.Id), ("now", now));
        tell.Transaction = transaction;
        return await tell.ExecuteNonQueryAsync(ct);
    }, ct);
}
