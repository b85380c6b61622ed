using PatientPortal.Messaging.Domain;
using Shouldly;
using Xunit;

namespace PatientPortal.Messaging.Tests.Domain;

public sealed class WordsTests
{
    [Theory]
    [InlineData("I have CHEST PAIN since noon")]
    [InlineData("I can’t  breathe!")]
    [InlineData("i can't breathe")]
    [InlineData("Tengo dolor de pecho")]
    [InlineData("Me desmayé ayer")]
    [InlineData("I want to end my life")]
    public void words_that_may_mean_an_emergency_are_seen(string text) => UrgentWords.In(text).ShouldBeTrue();

    [Theory]
    [InlineData("My keystroke counter works")]
    [InlineData("The chest x-ray was painless")]
    [InlineData("")]
    public void ordinary_words_are_not(string text) => UrgentWords.In(text).ShouldBeFalse();

    [Theory]
    [InlineData("Two lines\nand a tab\t.", true)]
    [InlineData("José Núñez, 日本, 👩‍⚕️, עברית \u200f", true)]
    [InlineData("a null \0 in it", false)]
    [InlineData("an escape \u001b[31m", false)]
    [InlineData("turned \u202e around", false)]
    public void a_message_is_plain_text(string text, bool fits) => PlainText.IsText(text).ShouldBe(fits);

    [Fact]
    public void half_a_surrogate_pair_is_no_text() => PlainText.IsText("half a pair " + (char)0xd83d).ShouldBeFalse();

    [Fact]
    public void a_subject_is_one_line()
    {
        PlainText.IsLine("About Tuesday").ShouldBeTrue();
        PlainText.IsLine("About\nTuesday").ShouldBeFalse();
        PlainText.IsLine("About\u2028Tuesday").ShouldBeFalse();
    }

    [Fact]
    public void a_preview_is_short_and_breaks_no_sign_in_two()
    {
        PlainText.Preview("one\r\n two").ShouldBe("one two");
        var preview = PlainText.Preview(new string('a', MessagingLimits.Preview - 1) + "👍👍");
        preview.ShouldBe(new string('a', MessagingLimits.Preview - 1) + "…");
    }

    [Fact]
    public void every_topic_and_outcome_has_its_word()
    {
        foreach (var topic in Enum.GetValues<Topic>())
        {
            Topics.TryRead(topic.Code(), out var read).ShouldBeTrue();
            read.ShouldBe(topic);
            topic.Says().ShouldNotBeEmpty();
        }
        foreach (var with in Enum.GetValues<ClosedWith>())
        {
            ConversationWords.TryRead(with.Code(), out var read).ShouldBeTrue();
            read.ShouldBe(with);
        }
        Topics.TryRead("0", out _).ShouldBeFalse();
        Topics.TryRead("billing,form", out _).ShouldBeFalse();
    }
}
