using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;
using PatientPortal.Synthetic;

namespace PatientPortal.Identity.Synthetic;

/// <summary>The people of the synthetic clinic, their accounts and proxies. One slow hash serves all demo accounts, so that a start stays fast.</summary>
sealed class IdentitySynthetic(IdentityDb db, Passwords passwords, Vault vault) : ISynthetic
{
    const int Rows = 2_000;

    public int Order => 10;

    public async Task Fill(Cast cast, CancellationToken ct)
    {
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        foreach (var part in cast.Patients.Chunk(Rows))
        {
            foreach (var patient in part) Add(cast, patient);
            await db.Save(ct);
            db.ChangeTracker.Clear();
        }

        // The migration made these rows; a start that begins anew after a kill has wiped them with all the others.
        if (!await db.AgeTiers.AnyAsync(ct)) db.AddRange(AgeTier.Usually);
        var password = (await passwords.Hash(Cast.Password, ct)).Value;
        var languages = cast.Patients.ToDictionary(p => p.Id, p => p.Language);
        foreach (var account in cast.Accounts)
            db.Add(new Account
            {
                Id = account.Id, Kind = AccountKind.Patient, UserName = account.UserName, UserNameKey = LoginName.Key(account.UserName), Name = account.Name, Email = account.Email,
                PasswordHash = password, PatientId = account.PatientId, Language = languages.GetValueOrDefault(account.PatientId, "en"), CreatedAt = cast.Now.AddDays(-200),
            });
        foreach (var staff in cast.Staff)
        {
            db.Add(new Account
            {
                Id = staff.Id, Kind = AccountKind.Staff, UserName = staff.UserName, UserNameKey = LoginName.Key(staff.UserName), Name = staff.Name, Email = staff.Email,
                PasswordHash = password, TotpSecret = Cast.TotpSecret, CreatedAt = cast.Now.AddDays(-400),
            });
            db.Add(new StaffMember { Id = staff.Id, Name = staff.Name, Role = Enum.Parse<StaffRole>(staff.Role.Replace(" ", "", StringComparison.Ordinal), ignoreCase: true) });
        }
        await db.Save(ct);
        foreach (var proxy in cast.Proxies)
            db.Add(new Grant
            {
                Id = proxy.Id, PatientId = proxy.PatientId, AccountId = proxy.AccountId, Relation = proxy.Relation, Scopes = string.Join(',', proxy.Scopes), Told = string.Join(',', proxy.Scopes),
                Basis = proxy.Relation is "parent" ? LegalBasis.ParentalResponsibility : LegalBasis.PatientsWish, StartsAt = cast.Now.AddDays(-180),
            });
        AddContactsAndRecoveries(cast);
        await db.Save(ct);
        db.ChangeTracker.AutoDetectChangesEnabled = true;
    }

    /// <summary>Something to see in the staff's lists: a number that waits to be confirmed, and a recovery that is long over.</summary>
    void AddContactsAndRecoveries(Cast cast)
    {
        if (cast.Accounts is not [var first, ..] || cast.Accounts[^1] is not { } last || cast.Staff.FirstOrDefault(s => s.Role is "Front desk") is not { } opener) return;
        db.Add(new ReportedContact
        {
            Id = Ids.Of($"reported {last.Id}"), PatientId = last.PatientId, Kind = "phone", By = ReportedBy.Patient, Value = "+1 212 555 0148", ReportedAt = cast.Now.AddHours(-20), OpenFor = ReportedContact.Open(last.PatientId, "phone"),
        });
        var opened = cast.Now.AddDays(-40);
        db.Add(new RecoveryCase
        {
            Id = Ids.Of($"recovery {first.Id}"), AccountId = first.Id, InPerson = true, Shown = nameof(Evidence.PhotoDocument), Note = "New phone; driver’s license.", OpenedAt = opened, OpenedById = opener.Id, OpenedByName = opener.Name,
            DueAt = opened + RecoveryCase.WaitInPerson, ExpiresAt = opened + RecoveryCase.WaitInPerson + RecoveryCase.Ready, StopHash = Secret.Hash($"recovery {first.Id}"), DoneAt = opened.AddHours(3),
        });
    }

    void Add(Cast cast, CastPatient patient)
    {
        db.Add(new Patient
        {
            Id = patient.Id, ChartNumber = patient.ChartNumber, GivenName = patient.Given, FamilyName = patient.Family, Name = patient.Name, BirthDate = patient.BirthDate,
            Sex = patient.Sex, Email = patient.Email, Phone = patient.Phone, Address = $"{patient.Line}, {patient.City}, {patient.State} {patient.PostalCode}",
            TimeZone = patient.TimeZone, Language = patient.Language, RegisteredAt = cast.Now.AddDays(-500), ChangedAt = cast.Now.AddDays(-500),
        }.WithNameKey());
        var resource = cast.PatientResource(patient);
        db.Add(new PatientResource { Id = patient.Id, PatientId = patient.Id, Source = "synthetic", Reference = $"Patient/{resource.Id}", Json = resource.Json, TakenAt = cast.Now.AddDays(-500) });
        foreach (var identifier in FhirPatient.Read(resource.Json, cast.Today).Patient?.Identifiers ?? [])
            db.Add(new PatientIdentifier
            {
                Id = Ids.Of($"{identifier.System}|{identifier.Value}"), PatientId = patient.Id, System = identifier.System, Fingerprint = identifier.FingerprintBy(vault), Value = identifier.Value,
            });
    }
}
