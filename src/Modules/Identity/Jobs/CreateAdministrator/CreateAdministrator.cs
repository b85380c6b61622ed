using PatientPortal.Identity.Contracts;
using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;
using PatientPortal.Ui;

namespace PatientPortal.Identity.Jobs.CreateAdministrator;

/// <summary>The first administrator, or another one, made by whoever operates the host; the second factor's secret is shown this once.</summary>
sealed record CreateAdministratorRequest(string? Username, string? Name, string? Email, string? Password);

/// <param name="TotpSecret">Base32, for an authenticator app.</param>
/// <param name="TotpUri">The same as an otpauth address, for a QR code.</param>
sealed record CreatedAdministrator(Guid Id, string Username, string TotpSecret, string TotpUri);

sealed class CreateAdministratorRules : AbstractValidator<CreateAdministratorRequest>
{
    public CreateAdministratorRules(IConfiguration settings)
    {
        RuleFor(r => r.Username).Must(LoginName.IsWellFormed).WithMessage(LoginName.Rule);
        RuleFor(r => r.Name).NotEmpty().MaximumLength(200);
        RuleFor(r => r.Email).Must(MailAddress.IsWellFormed).WithMessage("An e-mail address looks like name@example.org.");
        RuleFor(r => r).Custom((r, context) =>
        {
            // As long as for a sole factor: this account opens everything.
            if (PasswordRules.ProblemWith(r.Password, hasSecondFactor: false, r.Username, r.Name, Clinic.Of(settings).Name) is { } problem)
                context.AddFailure(nameof(r.Password), problem);
        });
    }
}

sealed class CreateAdministratorHandler(IdentityDb db, Passwords passwords, IConfiguration settings, TimeProvider clock) : IHandle<CreateAdministratorRequest, CreatedAdministrator>
{
    public async Task<Outcome<CreatedAdministrator>> Handle(CreateAdministratorRequest ask, CancellationToken ct)
    {
        if ((await passwords.Hash(ask.Password!, ct)).Refused(out var full, out var password)) return full;
        var (id, secret) = (Ids.New(clock), Totp.NewSecret());
        var (userName, name) = (ask.Username!.Trim(), ask.Name!.Trim());
        db.Add(new Account
        {
            Id = id, Kind = AccountKind.Staff, UserName = userName, UserNameKey = LoginName.Key(userName), Name = name, Email = ask.Email!.Trim(),
            PasswordHash = password, TotpSecret = secret, CreatedAt = clock.GetUtcNow(),
        });
        db.Add(new StaffMember { Id = id, Name = name, Role = StaffRole.Administrator });
        db.Announce(new StaffChanged(id, name, Roles.TitleOf(StaffRole.Administrator), true), id);
        var issuer = Uri.EscapeDataString(Clinic.Of(settings).Name);
        var created = new CreatedAdministrator(id, userName, secret, $"otpauth://totp/{issuer}:{Uri.EscapeDataString(userName)}?secret={secret}&issuer={issuer}");
        return await db.TrySave(default(Done), ct) is Saved.Done ? created : Outcome.Invalid("username", "Somebody has this user name already. Please choose another.");
    }
}

[HostCommand("admin create", "USERNAME NAME E-MAIL   (the password is asked for, or read from standard input)", Needs = 3)]
sealed class CreateAdministratorCommand(IHandle<CreateAdministratorRequest, CreatedAdministrator> create) : IHostCommand
{
    public async Task<bool> Run(IReadOnlyList<string> arguments, TextWriter said, CancellationToken ct)
    {
        if (!Console.IsInputRedirected) await said.WriteAsync("Password (at least 15 characters): ");
        var outcome = await create.Handle(new(arguments[0], arguments[1], arguments[2], await Console.In.ReadLineAsync(ct)), ct);
        if (outcome.Refused(out var no, out var made))
        {
            foreach (var (field, problems) in no.Errors ?? new Dictionary<string, string[]> { [""] = [no.Detail] })
                await said.WriteLineAsync($"{field}: {string.Join(" ", problems)}".TrimStart(':', ' '));
            return false;
        }
        await said.WriteLineAsync($"{made.Username} can sign in now. Put this second factor into an authenticator app; it is shown this once:");
        await said.WriteLineAsync($"  {made.TotpSecret}");
        await said.WriteLineAsync($"  {made.TotpUri}");
        return true;
    }
}
