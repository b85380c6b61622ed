using PatientPortal.Identity.Data;

namespace PatientPortal.Identity.ForEveryone.ChooseLanguage;

/// <summary>The language of the pages: for this browser, and for the account and its e-mails when somebody is signed in.</summary>
sealed record ChooseLanguageRequest(string? Language);

sealed class ChooseLanguageRules : AbstractValidator<ChooseLanguageRequest>
{
    public ChooseLanguageRules() => RuleFor(r => r.Language).Must(l => Texts.Languages.Any(known => known.Code == l)).WithMessage("Choose one of the languages offered.");
}

sealed class ChooseLanguageHandler(IdentityDb db, RequestScope scope) : IHandle<ChooseLanguageRequest, Done>
{
    public async Task<Outcome<Done>> Handle(ChooseLanguageRequest ask, CancellationToken ct)
    {
        if (scope.Actor.Kind is not ActorKind.Patient) return default(Done);
        await db.InTransaction(async () =>
        {
            await db.Accounts.Where(a => a.Id == scope.Actor.AccountId).ExecuteUpdateAsync(set => set.SetProperty(a => a.Language, ask.Language), ct);
            if (await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.Id == scope.Actor.AccountId, ct) is { } mine) db.Announce(new Contracts.AccountReached(mine.Id, mine.Email, ask.Language!), mine.Id);
            if (scope.Actor.OwnPatientId is { } own && await db.Patients.SingleOrDefaultAsync(p => p.Id == own, ct) is { } patient && patient.Language != ask.Language)
            {
                patient.Language = ask.Language!;
                db.Announce(new Contracts.ContactChanged(patient.Id, patient.Name, patient.BirthDate, patient.Sex, patient.Email, patient.Phone, patient.TimeZone, patient.Language), patient.Id);
                await db.Save(ct);
            }
            return true;
        }, ct);
        return default(Done);
    }
}
