using PatientPortal.Kernel.Jobs;
using PatientPortal.Messaging.Domain;

namespace PatientPortal.Messaging.Data;

/// <summary>The notices that a dead sender had claimed: the next round sends them, under their own Message-IDs.</summary>
sealed class NoticeClaims(MessagingDb db) : IFreeClaims
{
    public Task<int> Free(CancellationToken ct) => db.InTransaction(() => db.Deliveries.Where(d => d.State == DeliveryState.Sending).ExecuteUpdateAsync(set => set
        .SetProperty(d => d.LeaseUntil, DateTimeOffset.UnixEpoch).SetProperty(d => d.Version, d => d.Version + 1), ct), ct);
}
