using PatientPortal.Messaging.Data;
using PatientPortal.Messaging.Domain;

namespace PatientPortal.Messaging.ForMembers.ChooseNotices;

/// <summary>
/// Which groups of e-mails the caller's account gets. With null for the choice it only reads them; a group left out keeps what it was.
/// Warnings about the account itself can't be switched off.
/// </summary>
[Does(Act.Update, "notice choices", "Chose which e-mails to get", Trail = false, Because = "About an account's own e-mails; no record is shown or changed.")]
sealed record ChooseNoticesRequest(IReadOnlyDictionary<string, bool>? Email);

/// <param name="Email">Group to whether e-mails of it are sent: "appointments", "reminders", "results", "messages", "refills", "security".</param>
sealed record NoticeChoices(IReadOnlyDictionary<string, bool> Email);

sealed class ChooseNoticesRules : AbstractValidator<ChooseNoticesRequest>
{
    public ChooseNoticesRules()
    {
        RuleFor(r => r.Email).Must(e => e is null || e.Keys.All(k => ChooseNoticesHandler.Group(k) is not null)).WithMessage("There is no such group of e-mails.");
        RuleFor(r => r.Email).Must(e => e is null || !e.Any(c => !c.Value && ChooseNoticesHandler.Group(c.Key) is { } g && !g.CanBeMuted()))
            .WithMessage("E-mails about the safety of your account are always sent.");
    }
}

sealed class ChooseNoticesHandler(MessagingDb db, RequestScope scope) : IHandle<ChooseNoticesRequest, NoticeChoices>
{
    public async Task<Outcome<NoticeChoices>> Handle(ChooseNoticesRequest ask, CancellationToken ct)
    {
        var account = scope.Actor.AccountId;
        var muted = await db.Preferences.Where(p => p.AccountId == account && p.Channel == Delivery.Email).ToListAsync(ct);
        foreach (var (name, wanted) in ask.Email ?? new Dictionary<string, bool>())
        {
            var group = Group(name)!.Value;
            var row = muted.Find(p => p.Group == group);
            if (wanted && row is not null) (_, _) = (muted.Remove(row), db.Remove(row));
            if (wanted || row is not null) continue;
            row = new NoticePreference { AccountId = account, Group = group, Channel = Delivery.Email };
            muted.Add(row);
            db.Add(row);
        }
        // Saved twice at once from two windows: both say the same.
        if (ask.Email is not null) await db.TrySave(null, ct);
        return new NoticeChoices(Enum.GetValues<NoticeGroup>().ToDictionary(Code, g => muted.All(p => p.Group != g)));
    }

    internal static string Code(NoticeGroup group) => group.ToString().ToLowerInvariant();

    internal static NoticeGroup? Group(string code) => Enum.GetValues<NoticeGroup>().Cast<NoticeGroup?>().FirstOrDefault(g => Code(g!.Value) == code);
}

sealed class ChooseNoticesApi : IMemberApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/notice-choices", async (IHandle<ChooseNoticesRequest, NoticeChoices> choose, CancellationToken ct) =>
                (await choose.Handle(new(null), ct)).ToHttp(Results.Ok))
           .WithName("ReadNoticeChoices").Produces<NoticeChoices>();
        api.MapPut("/notice-choices", async (ChooseNoticesRequest ask, IHandle<ChooseNoticesRequest, NoticeChoices> choose, CancellationToken ct) =>
                (await choose.Handle(ask, ct)).ToHttp(Results.Ok))
           .WithName("ChooseNotices").Produces<NoticeChoices>();
    }
}
