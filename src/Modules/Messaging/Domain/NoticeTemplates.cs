using System.Text.RegularExpressions;

namespace PatientPortal.Messaging.Domain;

/// <summary>The words of one kind of notice; the English text is the key of its translation.</summary>
sealed record NoticeTemplate(string Subject, params string[] Lines)
{
    public IEnumerable<string> Texts => [Subject, .. Lines];
}

/// <summary>What a template may say: nothing of it is about anybody's health.</summary>
/// <param name="Clinic">The clinic's name.</param>
/// <param name="Phone">What to call; null when the clinic has set none.</param>
/// <param name="Link">The portal, or the one-time page of a password reset.</param>
/// <param name="When">A date and time with its zone.</param>
/// <param name="Names">The user names of an address, in the one mail that its owner asked for.</param>
sealed record NoticeFacts(string Clinic, string? Phone, string Link, string When = "", string Names = "");

/// <summary>
/// The e-mails, in English with their Spanish in <c>Texts/es.json</c>. E-mail is read over shoulders, on shared computers and by providers:
/// so no name, no test, no medicine, no specialty, and the same subject whatever it is about. What there is to know waits behind the sign-in.
/// </summary>
static partial class NoticeTemplates
{
    /// <summary>The only facts a template can carry; a test refuses any other.</summary>
    public static readonly IReadOnlySet<string> Facts = new HashSet<string> { "clinic", "phone", "link", "when", "names" };

    const string Greeting = "Hello,";
    const string SignIn = "Sign in to read it:";
    const string ForSomebody = "This is about somebody you care for.";
    const string Calls = "{clinic}, {phone}";
    const string NoPhone = "{clinic}";
    const string NoReplies = "Please do not reply to this e-mail: nobody reads the answers.";
    const string Choose = "You can choose which e-mails you get in the portal, under Account.";
    const string Unexpected = "If this was not you, call {clinic} right away.";

    const string NotYou = "If this was not you, stop it here. The link works once, until {when}:";

    public static readonly IReadOnlyDictionary<NoticeKind, NoticeTemplate> All = new Dictionary<NoticeKind, NoticeTemplate>
    {
        [NoticeKind.AppointmentBooked] = new("A visit is booked at {clinic}", "A visit is booked. The portal has the time, the place and how to prepare.", SignIn, "{link}"),
        [NoticeKind.AppointmentMoved] = new("A visit at {clinic} has a new time", "A visit was moved to another time.", SignIn, "{link}"),
        [NoticeKind.AppointmentCancelled] = new("A visit at {clinic} was cancelled", "A visit was cancelled. You can book another time in the portal.", SignIn, "{link}"),
        [NoticeKind.Reminder] = new("Reminder from {clinic}",
            "This is a reminder of a visit to {clinic} on {when}.", "If you need another time, change it in the portal or call the clinic.", "{link}"),
        [NoticeKind.Results] = new("News for you from {clinic}", "There is something new in the portal for you.", SignIn, "{link}"),
        [NoticeKind.Message] = new("A new message from {clinic}", "Your care team wrote to you in the portal.", SignIn, "{link}"),
        [NoticeKind.RefillApproved] = new("An update from {clinic}", "There is an update on a request you made in the portal.", SignIn, "{link}"),
        [NoticeKind.RefillDenied] = new("An update from {clinic}", "There is an update on a request you made in the portal.", SignIn, "{link}"),
        [NoticeKind.RefillReady] = new("An update from {clinic}", "There is an update on a request you made in the portal.", SignIn, "{link}"),
        [NoticeKind.Welcome] = new("Your account at {clinic}", "Your account for the portal of {clinic} is ready.", "{link}", Unexpected),
        [NoticeKind.PasswordReset] = new("Choose a new password",
            "Somebody, probably you, asked to choose a new password for your account at {clinic}. This link works once, until {when}:", "{link}",
            "If you did not ask, do nothing: your password stays as it is."),
        [NoticeKind.PasswordChanged] = new("Your password was changed", "The password of your account at {clinic} was changed.", Unexpected),
        [NoticeKind.SecondFactorChanged] = new("An authenticator app was set up", "Signing in to your account at {clinic} asks for a code from a newly set up authenticator app now.", Unexpected),
        [NoticeKind.SecondFactorRemoved] = new("Your second factor was removed", "Signing in to your account at {clinic} asks for the password alone now.", Unexpected),
        [NoticeKind.RecoveryCodesChanged] = new("New recovery codes were made", "New recovery codes were made for your account at {clinic}. The old ones do not work any more.", Unexpected),
        [NoticeKind.RecoveryCodeUsed] = new("A recovery code was used", "Somebody, probably you, signed in to your account at {clinic} with a recovery code.", Unexpected),
        [NoticeKind.PasskeyAdded] = new("A passkey was added", "A new passkey opens your account at {clinic} now.", Unexpected),
        [NoticeKind.PasskeyRemoved] = new("A passkey was removed", "A passkey of your account at {clinic} was removed. It opens nothing any more.", Unexpected),
        [NoticeKind.PrivacyAnswer] = new("News for you from {clinic}", "There is an answer to a question you asked in the portal.", SignIn, "{link}"),
        [NoticeKind.ProxyInvitation] = new("You are invited to help somebody",
            "A patient of {clinic} asks you to help them in the patient portal. They will tell you who they are. This link works once, until {when}:", "{link}",
            "If you do not know who this could be, do nothing."),
        [NoticeKind.AccessGiven] = new("Somebody accepted your invitation", "Somebody you invited may act for you at {clinic} now. You can see who, and end it, in the portal under Account.", "{link}", Unexpected),
        [NoticeKind.AccessGivenUp] = new("Somebody gave up their access", "Somebody who could act for you at {clinic} has given that up. You can see who still can in the portal under Account.", "{link}"),
        [NoticeKind.ReviewsOverdue] = new("Reviews are overdue", "In the portal of {clinic} reviews wait for a privacy officer for longer than two business days.", "{link}"),
        [NoticeKind.AccessWillChange] = new("What you can see will change", "You care for somebody in the portal of {clinic}. Because of their age, what you can see and do for them changes on {when}.",
            "Talk to the clinic if you need to go on caring for them.", "{link}"),
        [NoticeKind.StaffInvited] = new("An invitation from {clinic}", "You are invited to work in the portal of {clinic}. This link works once, until {when}:", "{link}",
            "If you did not expect this, do nothing: without you nothing happens."),
        [NoticeKind.AccountJoined] = new("Your second account was closed", "You had two accounts at {clinic}. The clinic closed this one; sign in with the other.", "If you have no other account, call the clinic."),
        [NoticeKind.SignUpLink] = new("Make your account at {clinic}", "Somebody asked for an account in the portal of {clinic} with this e-mail address. This link works once, until {when}:", "{link}",
            "If this was not you, do nothing: without the link nothing happens."),
        [NoticeKind.SignUpOfMember] = new("You have an account at {clinic}", "Somebody asked for an account in the portal of {clinic} for you. You have one already. Sign in, or choose a new password if you forgot yours:", "{link}",
            Unexpected),
        [NoticeKind.UserNames] = new("Your user names", "Somebody, probably you, asked which user names belong to this e-mail address at {clinic}:", "{names}", "{link}", "If you did not ask, do nothing."),
        [NoticeKind.EmailToConfirm] = new("Confirm your e-mail address", "An account at {clinic} is to be reached at this address. If it is yours, use this link; it works once, until {when}:", "{link}",
            "If you do not know of it, do nothing: nothing happens."),
        [NoticeKind.EmailChangeAsked] = new("A change of your e-mail address was asked for", "Somebody, probably you, asked that your account at {clinic} be reached at another address.", NotYou, "{link}",
            "If it was you, do nothing here."),
        [NoticeKind.EmailChangeDone] = new("Your e-mail address was changed", "Your account at {clinic} is reached at another address now. This one gets no more mail about it.", NotYou, "{link}"),
        [NoticeKind.EmailChangeStopped] = new("A change of an e-mail address was stopped",
            "A change of the e-mail address of an account at {clinic} was stopped or undone. Nobody signs in to it before a new password was chosen.", Unexpected),
        [NoticeKind.RecoveryOpened] = new("Somebody says your second factor is lost",
            "Somebody, probably you, told {clinic} that the second factor of your account is lost. After a wait, whoever knows your password can set up another.", NotYou, "{link}",
            "If it was you, do nothing here: the clinic told you from when on it works."),
        [NoticeKind.RecoveryStopped] = new("A recovery was stopped", "The recovery of a second factor of an account at {clinic} was stopped. Nothing was changed.", Unexpected),
        [NoticeKind.PhoneReported] = new("A new phone number was reported", "Somebody, probably you, told {clinic} through the portal that your phone number is another now. It counts once the clinic has confirmed it.", Unexpected),
        [NoticeKind.PhoneConfirmed] = new("Your phone number was changed", "{clinic} has confirmed your new phone number.", Unexpected),
        [NoticeKind.AccountClosed] = new("Your account is closed", "Your account for the portal of {clinic} was closed. The clinic can give you a code that opens it again.", Unexpected),
        [NoticeKind.EmailChanged] = new("Your e-mail address was changed", "The e-mail address of your account at {clinic} was changed.", Unexpected),
    };

    /// <summary>Every text that can stand in an e-mail, for the tests that read them all.</summary>
    public static IEnumerable<string> EveryText => All.Values.SelectMany(t => t.Texts).Concat([Greeting, ForSomebody, NoReplies, Choose]).Distinct();

    /// <summary>Subject and text in the reader's language.</summary>
    /// <param name="forSomebody">True when the reader is a proxy: they may care for several people, and none is named.</param>
    public static (string Subject, string Text) Write(NoticeKind kind, string language, bool forSomebody, NoticeFacts facts)
    {
        var say = new Texts { Language = language };
        var template = All[kind];
        string Said(string english) => Blank().Replace(say[english], m => m.Groups[1].Value switch
        {
            "clinic" => facts.Clinic,
            "phone" => facts.Phone ?? "",
            "link" => facts.Link,
            "when" => facts.When,
            "names" => facts.Names,
            var other => throw new InvalidOperationException($"A notice can't carry {other}."),
        });

        IEnumerable<string> lines = [Greeting, .. template.Lines, .. forSomebody ? [ForSomebody] : Array.Empty<string>(), NoReplies, .. kind.Group().CanBeMuted() ? [Choose] : Array.Empty<string>(), facts.Phone is null ? NoPhone : Calls];
        return (Said(template.Subject), string.Join("\n\n", lines.Select(Said)) + "\n");
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Blank();
}
