using PatientPortal.Messaging.Domain;
using Shouldly;
using Xunit;

namespace PatientPortal.Messaging.Tests.Domain;

public sealed class ConversationTests
{
    static readonly DateTimeOffset Monday = new(2026, 11, 23, 14, 0, 0, TimeSpan.Zero);
    static readonly Guid Nadia = Guid.CreateVersion7(), Lee = Guid.CreateVersion7();
    static readonly Author Maria = new(From.Patient, Guid.CreateVersion7(), "Maria Alvarez", ""), Nurse = new(From.Staff, Nadia, "Nadia Brooks, RN", "Nurse"),
        Doctor = new(From.Staff, Lee, "Dr. Hannah Lee", "Physician");

    static readonly Team Team = new()
    {
        Id = Guid.CreateVersion7(), Name = "Primary care team", TimeZone = "America/New_York", PromiseDays = 1,
        Hours = [.. Enum.GetValues<DayOfWeek>().Where(d => d is not (DayOfWeek.Saturday or DayOfWeek.Sunday)).Select(d => new TeamHours { Day = d, Opens = new(8, 0), Closes = new(17, 0) })],
    };

    static Conversation Asked(DateTimeOffset? at = null)
    {
        var thread = new Conversation { Id = Guid.CreateVersion7(), PatientId = Guid.CreateVersion7(), TeamId = Team.Id, Subject = "A question", StartedAt = Monday };
        thread.Write(Guid.CreateVersion7(), Maria, "May I?", Team, at ?? Monday).IsOk.ShouldBeTrue();
        return thread;
    }

    [Fact]
    public void a_message_makes_it_our_turn_until_we_answer()
    {
        var thread = Asked();
        thread.State.ShouldBe(ConversationState.WaitingForUs);
        thread.WaitingSince.ShouldBe(Monday);
        thread.PromisedBy.ShouldBe(new DateTimeOffset(2026, 11, 24, 17, 0, 0, TimeSpan.FromHours(-5)));

        thread.Answer(Guid.CreateVersion7(), Nurse, "Yes.", Monday.AddHours(2)).IsOk.ShouldBeTrue();
        thread.State.ShouldBe(ConversationState.Answered);
        thread.PromisedBy.ShouldBeNull();
        thread.ClaimedById.ShouldBe(Nadia);
    }

    [Fact]
    public void the_promise_runs_from_the_first_unanswered_message()
    {
        var thread = Asked();
        thread.Write(Guid.CreateVersion7(), Maria, "Please?", Team, Monday.AddDays(3)).IsOk.ShouldBeTrue();
        thread.WaitingSince.ShouldBe(Monday);
        thread.LastAt.ShouldBe(Monday.AddDays(3));
    }

    [Fact]
    public void of_two_who_claim_the_second_is_told_by_whom()
    {
        var thread = Asked();
        thread.Claim(Nadia, "Nadia Brooks, RN", null, Monday).IsOk.ShouldBeTrue();
        thread.Claim(Nadia, "Nadia Brooks, RN", null, Monday).IsOk.ShouldBeTrue();
        var refusal = thread.Claim(Lee, "Dr. Hannah Lee", null, Monday).Refusal;
        refusal!.Code.ShouldBe("already_claimed");
        refusal.Detail.ShouldContain("Nadia Brooks");
        thread.Answer(Guid.CreateVersion7(), Doctor, "Yes.", Monday).Refusal!.Code.ShouldBe("already_claimed");
        thread.Close(Lee, "Dr. Hannah Lee", ClosedWith.HandledByPhone, Monday).Refusal!.Code.ShouldBe("already_claimed");
    }

    [Fact]
    public void taking_over_names_the_colleague_whose_claim_was_seen()
    {
        var thread = Asked();
        thread.Claim(Nadia, "Nadia Brooks, RN", null, Monday);
        thread.Claim(Lee, "Dr. Hannah Lee", Guid.CreateVersion7(), Monday).Refusal!.Code.ShouldBe("already_claimed");
        thread.Claim(Lee, "Dr. Hannah Lee", Nadia, Monday).IsOk.ShouldBeTrue();
        thread.ClaimedById.ShouldBe(Lee);
    }

    [Fact]
    public void nobody_calls_an_unanswered_conversation_answered()
    {
        var thread = Asked();
        thread.Close(Nadia, "Nadia Brooks, RN", ClosedWith.Answered, Monday).Refusal!.Code.ShouldBe("not_answered");
        thread.Close(Nadia, "Nadia Brooks, RN", ClosedWith.NoAnswerNeeded, Monday).IsOk.ShouldBeTrue();
        thread.State.ShouldBe(ConversationState.Closed);
        thread.WaitingSince.ShouldBeNull();
        thread.Close(Nadia, "Nadia Brooks, RN", ClosedWith.Duplicate, Monday).Refusal!.Code.ShouldBe("already_closed");
    }

    [Fact]
    public void writing_reopens_a_closed_conversation_for_seven_days()
    {
        var thread = Asked();
        thread.Close(Nadia, "Nadia Brooks, RN", ClosedWith.NoAnswerNeeded, Monday);
        thread.Write(Guid.CreateVersion7(), Maria, "One more thing", Team, Monday.AddDays(7)).IsOk.ShouldBeTrue();
        thread.State.ShouldBe(ConversationState.WaitingForUs);
        thread.ClosedWith.ShouldBeNull();

        thread.Close(Nadia, "Nadia Brooks, RN", ClosedWith.NoAnswerNeeded, Monday.AddDays(8));
        thread.Write(Guid.CreateVersion7(), Maria, "And again", Team, Monday.AddDays(15).AddSeconds(1)).Refusal!.Code.ShouldBe("thread_closed");
    }

    [Fact]
    public void a_team_that_no_longer_answers_gets_no_more_messages()
    {
        var thread = Asked();
        var gone = new Team { Id = Team.Id, Name = Team.Name, TimeZone = Team.TimeZone, Active = false };
        thread.Write(Guid.CreateVersion7(), Maria, "Hello?", gone, Monday).Refusal!.Code.ShouldBe("team_inactive");
    }
}
