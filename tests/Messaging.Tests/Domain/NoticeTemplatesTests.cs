using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using PatientPortal.Kernel.Texts;
using PatientPortal.Messaging.Domain;
using Shouldly;
using Xunit;

namespace PatientPortal.Messaging.Tests.Domain;

/// <summary>The linter of the e-mails (rule R66): no clinical variable, no clinical word, subject lines included, in both languages.</summary>
public sealed partial class NoticeTemplatesTests
{
    static readonly IReadOnlyDictionary<string, string> Spanish =
        JsonSerializer.Deserialize<Dictionary<string, string>>(typeof(MessagingModule).Assembly.GetManifestResourceStream("Texts.es.json")!)!;

    static readonly NoticeFacts SomeFacts = new("Riverside Clinic", "+1 212 555 0100", "https://portal.example.org", "Thursday, November 26, 2026 at 9:00 am EST");

    static readonly string[] Clinical =
    [
        "result", "resultado", "test", "lab", "análisis", "blood", "sangre", "diagnos", "condition", "symptom", "síntoma", "medic", "drug", "refill", "resurtid", "prescri", "recet",
        "allerg", "alerg", "vaccin", "vacuna", "doctor", "physician", "nurse", "enfermer", "oncolog", "cardiolog", "psych", "psiqu", "obstet", "endocrin", "pediatr", "hiv", "vih", "cancer", "cáncer", "pregnan", "embaraz", "dose", "dosis",
    ];

    static NoticeTemplatesTests() => Texts.Load([typeof(MessagingModule).Assembly]);

    [Fact]
    public void every_kind_of_notice_has_its_words_in_both_languages()
    {
        foreach (var kind in Enum.GetValues<NoticeKind>()) NoticeTemplates.All.Keys.ShouldContain(kind);
        foreach (var text in NoticeTemplates.EveryText) Spanish.Keys.ShouldContain(text);
    }

    [Fact]
    public void R66_a_template_carries_no_fact_but_clinic_phone_link_time_and_in_one_mail_user_names()
    {
        NoticeTemplates.All.Where(t => t.Value.Texts.Any(x => x.Contains("{names}", StringComparison.Ordinal))).Select(t => t.Key).ShouldBe([NoticeKind.UserNames]);
        foreach (var text in NoticeTemplates.EveryText.SelectMany(t => new[] { t, Spanish[t] }))
            foreach (Match blank in Blank().Matches(text))
                NoticeTemplates.Facts.ShouldContain(blank.Groups[1].Value, text);
        typeof(NoticeFacts).GetConstructors()[0].GetParameters().Select(p => p.Name!.ToLowerInvariant()).ShouldBe(NoticeTemplates.Facts, ignoreOrder: true);
    }

    [Fact]
    public void R66_only_what_has_a_day_or_a_link_that_ends_says_when()
    {
        var dated = NoticeTemplates.All.Where(t => t.Value.Texts.Any(x => x.Contains("{when}", StringComparison.Ordinal))).Select(t => t.Key);
        dated.ShouldBe([NoticeKind.Reminder, NoticeKind.PasswordReset, NoticeKind.ProxyInvitation, NoticeKind.AccessWillChange, NoticeKind.StaffInvited, NoticeKind.SignUpLink,
            NoticeKind.EmailToConfirm, NoticeKind.EmailChangeAsked, NoticeKind.EmailChangeDone, NoticeKind.RecoveryOpened], ignoreOrder: true);
        NoticeTemplates.All.Values.ShouldAllBe(t => !t.Subject.Contains("{when}") && !t.Subject.Contains("{link}"));
    }

    [Fact]
    public void R66_no_word_in_any_mail_is_about_health()
    {
        foreach (var (subject, text) in EveryMail())
            foreach (var word in Clinical)
                $"{subject}\n{text}".ToLowerInvariant().ShouldNotContain(word);
    }

    [Fact]
    public void requests_that_end_well_and_badly_look_alike()
    {
        foreach (var language in new[] { "en", "es" })
            Write(NoticeKind.RefillDenied, language).ShouldBe(Write(NoticeKind.RefillApproved, language));
    }

    [Fact]
    public void no_mail_leaves_a_blank_open()
    {
        foreach (var (subject, text) in EveryMail()) $"{subject}{text}".ShouldNotContain("{");
    }

    [Fact]
    public void warnings_about_the_account_cannot_be_switched_off_and_do_not_offer_it()
    {
        NoticeKinds.CanBeMuted(NoticeGroup.Security).ShouldBeFalse();
        Write(NoticeKind.PasswordChanged, "en").Text.ShouldNotContain("choose which");
        Write(NoticeKind.Message, "en").Text.ShouldContain("choose which");
    }

    static (string Subject, string Text) Write(NoticeKind kind, string language) => NoticeTemplates.Write(kind, language, false, SomeFacts);

    static IEnumerable<(string Subject, string Text)> EveryMail() =>
        from kind in Enum.GetValues<NoticeKind>()
        from language in new[] { "en", "es" }
        from forSomebody in new[] { true, false }
        from phone in new[] { SomeFacts.Phone, null }
        select NoticeTemplates.Write(kind, language, forSomebody, SomeFacts with { Phone = phone });

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Blank();
}
