using PatientPortal.Kernel.Data;
using PatientPortal.Kernel.Jobs;
using PatientPortal.Messaging.Domain;

namespace PatientPortal.Messaging.Data;

/// <summary>The notices that a dead sender had claimed: the next round sends them, under their own Message-IDs. Plain SQL, for every start waits for it.</summary>
sealed class NoticeClaims(PortalDatabase database) : IFreeClaims
{
    public Task<int> Free(CancellationToken ct) => database.Execute(
        "UPDATE messaging_deliveries SET lease_until = 0, version = version + 1 WHERE state = @sending", ct, ("sending", nameof(DeliveryState.Sending)));
}
