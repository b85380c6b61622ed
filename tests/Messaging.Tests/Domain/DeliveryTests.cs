using PatientPortal.Messaging.Domain;
using Shouldly;
using Xunit;

namespace PatientPortal.Messaging.Tests.Domain;

public sealed class DeliveryTests
{
    static readonly DateTimeOffset Now = new(2026, 11, 23, 14, 0, 0, TimeSpan.Zero);

    static Delivery Due() => new()
    {
        Id = Guid.CreateVersion7(), News = "news", Channel = Delivery.Email, Address = "a@example.org", Subject = "s", Text = "t", MessageId = "<a@b>", CreatedAt = Now, DueAt = Now,
    };

    [Fact]
    public void a_claim_holds_until_its_lease_runs_out()
    {
        var delivery = Due();
        delivery.IsClaimable(Now.AddSeconds(-1)).ShouldBeFalse();
        delivery.IsClaimable(Now).ShouldBeTrue();
        delivery.Claim(Now);
        delivery.IsClaimable(Now.AddMinutes(1)).ShouldBeFalse();
        delivery.IsClaimable(Now + MessagingLimits.Lease + TimeSpan.FromTicks(1)).ShouldBeTrue();
    }

    [Fact]
    public void later_is_tried_again_with_growing_pauses_until_a_person_has_to_look()
    {
        var (delivery, at, tries) = (Due(), Now, 0);
        while (true)
        {
            delivery.Claim(at);
            tries++;
            if (delivery.Took(new(SendingEnding.Later, "451 later"), at)) break;
            (delivery.DueAt - at).ShouldBe(MessagingLimits.Waits[tries - 1]);
            at = delivery.DueAt;
        }
        tries.ShouldBe(MessagingLimits.Waits.Length + 1);
        delivery.State.ShouldBe(DeliveryState.NeedsPerson);
        delivery.Retry(at).ShouldBeTrue();
        delivery.IsClaimable(at).ShouldBeTrue();
        delivery.Retry(at).ShouldBeFalse();
    }

    [Fact]
    public void never_needs_a_person_at_once()
    {
        var delivery = Due();
        delivery.Claim(Now);
        delivery.Took(new(SendingEnding.Refused, "550 no such user"), Now).ShouldBeTrue();
        delivery.State.ShouldBe(DeliveryState.NeedsPerson);
    }

    [Fact]
    public void a_server_that_is_away_costs_no_try_for_a_day()
    {
        var (delivery, at) = (Due(), Now);
        while (at < Now.AddHours(23))
        {
            delivery.Claim(at);
            delivery.Took(new(SendingEnding.NotReached, "away"), at).ShouldBeFalse();
            at = delivery.DueAt;
        }
        delivery.Attempts.ShouldBe(0);
        at = Now.AddDays(2);
        for (var n = 0; ; n++)
        {
            n.ShouldBeLessThan(20);
            delivery.Claim(at);
            if (delivery.Took(new(SendingEnding.NotReached, "away"), at)) break;
        }
        delivery.State.ShouldBe(DeliveryState.NeedsPerson);
    }
}
