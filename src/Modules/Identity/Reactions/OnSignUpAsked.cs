using PatientPortal.Identity.Contracts;
using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.Reactions;

/// <summary>
/// Looks for the chart of somebody who asked for an account. One chart that fits, and whose e-mail address is the given one, gets a link at that address;
/// whoever has an account is told so at its address; whatever is not clear waits for a person (rule R22).
/// </summary>
sealed class OnSignUpAsked(IdentityDb db, ChartSearch search, AgeTiers tiers, TimeProvider clock) : INotificationHandler<SignUpAsked>
{
    const int Looked = 5;
    static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public async Task Handle(SignUpAsked notification, CancellationToken cancellationToken)
    {
        var asked = await db.SignUps.SingleOrDefaultAsync(s => s.Id == notification.SignUpId, cancellationToken);
        if (asked is not { State: SignUpState.Asked }) return;
        await Decide(asked, cancellationToken);
        await db.Save(cancellationToken);
    }

    async Task Decide(SignUp asked, CancellationToken ct)
    {
        var print = asked.MailPrint;
        var since = asked.AskedAt - Day;
        // Those of one address are delivered one by one or twice at once: whatever is counted here is only a brake.
        var before = await db.SignUps.Where(s => s.MailPrint == print && s.AskedAt > since && s.Id != asked.Id).ToListAsync(ct);
        if (before.Count >= IdentityLimits.SignUpsADay || before.Any(b => b.State is SignUpState.Waiting && Same(b, asked)))
        {
            asked.State = SignUpState.Repeated;
            return;
        }

        var found = await search.Candidates(asked.Facts, Looked, ct);
        var fits = found.Where(c => c.Score >= ChartMatch.Sure).ToList();
        if (found.Count is 0) Wait(SignUpDoubt.NoMatch);
        else if (fits.Count > 1 || found.Count > 1 && fits.Count is 0) Wait(SignUpDoubt.SeveralMatches);
        else
        {
            var best = fits.FirstOrDefault() ?? found[0];
            await Fits(await db.Patients.AsNoTracking().SingleAsync(p => p.Id == best.PatientId, ct), alone: found.Count is 1);
        }

        async Task Fits(Patient chart, bool alone)
        {
            if (chart.IsDeceased) Wait(SignUpDoubt.Deceased);
            else if (!AgeTier.At(Ages.On(chart.BirthDate, Zones.Date(clock.GetUtcNow(), chart.TimeZone)), await tiers.Current(ct)).EndsParents) Wait(SignUpDoubt.Minor);
            else if (chart.Email is null) Wait(SignUpDoubt.NoContact);
            else if (!chart.Email.Trim().Equals(asked.Email, StringComparison.OrdinalIgnoreCase) || !IsTheirs(chart)) Wait(SignUpDoubt.OtherContact);
            // Another chart is so alike that the two may be one person's: nobody but staff can tell which of them this is.
            else if (!alone) Wait(SignUpDoubt.SeveralMatches);
            else if (await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.PatientId == chart.Id && a.ClosedAt == null, ct) is { } account)
            {
                if (account.DisabledAt is not null) { Wait(SignUpDoubt.AccountClosed); return; }
                asked.State = SignUpState.HasAccount;
                db.Announce(new SignUpOfMember(asked.Id, account.Id, account.Email, account.Language), chart.Id);
            }
            else
            {
                foreach (var earlier in await db.SignUps.Where(s => s.PatientId == chart.Id && s.State == SignUpState.LinkSent).ToListAsync(ct)) earlier.State = SignUpState.Repeated;
                var (token, now) = (Secret.New(), clock.GetUtcNow());
                (asked.State, asked.PatientId, asked.TokenHash, asked.ExpiresAt) = (SignUpState.LinkSent, chart.Id, Secret.Hash(token), now + IdentityLimits.SignUpLink);
                db.Announce(new SignUpMatched(asked.Id, chart.Email, asked.Language, token, asked.ExpiresAt.Value), chart.Id);
            }
        }

        // The names and the birth date themselves, not what is like them; a chart number that was given must be this one's.
        bool IsTheirs(Patient chart) => chart.BirthDate == asked.BirthDate && Patient.KeyOf(chart.FamilyName) == Patient.KeyOf(asked.FamilyName)
            && Patient.KeyOf(chart.GivenName) == Patient.KeyOf(asked.GivenName) && (asked.ChartNumber is null || Letters(asked.ChartNumber) == Letters(chart.ChartNumber));

        void Wait(SignUpDoubt doubt) => (asked.State, asked.Doubt) = (SignUpState.Waiting, doubt);
    }

    static bool Same(SignUp one, SignUp other) =>
        one.BirthDate == other.BirthDate && Patient.KeyOf(one.FamilyName) == Patient.KeyOf(other.FamilyName) && Patient.KeyOf(one.GivenName) == Patient.KeyOf(other.GivenName);

    static string Letters(string number) => string.Concat(number.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
