using PatientPortal.Identity.Contracts;
using PatientPortal.Identity.Data;
using PatientPortal.Identity.Domain;

namespace PatientPortal.Identity.ForStaff.ConfirmContacts;

/// <summary>Phone numbers and addresses that were reported and nobody has confirmed, longest waiting first.</summary>
[Does(Act.Read, "demographics", "Saw contact details that wait to be confirmed", Needs = "contacts")]
sealed record ListContactsRequest(int? Limit, string? Cursor);

sealed record ContactLines(IReadOnlyList<ContactLine> Items, string? Next) : IAboutPatients
{
    IEnumerable<Guid> IAboutPatients.PatientIds => Items.Select(i => i.PatientId);

    object IAboutPatients.Without(IReadOnlySet<Guid> closed) => this with { Items = [.. Items.Where(i => !closed.Contains(i.PatientId))] };
}

/// <param name="Kind">"phone" or "email".</param>
/// <param name="Before">What the chart has.</param>
/// <param name="CanConfirm">False for the e-mail address of a patient with an account: only they change that.</param>
sealed record ContactLine(Guid Id, Guid PatientId, string Name, string ChartNumber, string Kind, ReportedBy By, string Value, string? Before, bool IsGuardians, bool CanConfirm, DateTimeOffset ReportedAt);

sealed class ListContactsHandler(IdentityDb db, CurrentStaff staff, IConfiguration settings) : IHandle<ListContactsRequest, ContactLines>
{
    public async Task<Outcome<ContactLines>> Handle(ListContactsRequest ask, CancellationToken ct)
    {
        _ = staff;
        var after = Guid.Empty;
        if (ask.Cursor is not null && !Guid.TryParseExact(ask.Cursor, "N", out after)) return Cursor.Bad;
        var (take, zone) = (PageAsk.Of(ask.Limit).Take, PatientPortal.Ui.Clinic.Of(settings).Zone);
        // Ids grow with time.
        var rows = await (
            from c in db.ReportedContacts.AsNoTracking()
            join p in db.Patients on c.PatientId equals p.Id
            where c.OpenFor != null && c.Id > after
            orderby c.Id
            select new { Contact = c, p.Name, p.ChartNumber, p.Email, p.Phone }).Take(take + 1).ToListAsync(ct);
        return new ContactLines(
            [.. rows.Take(take).Select(r => new ContactLine(r.Contact.Id, r.Contact.PatientId, r.Name, r.ChartNumber, r.Contact.Kind, r.Contact.By, r.Contact.Value, r.Contact.Kind is "phone" ? r.Phone : r.Email,
                r.Contact.IsGuardians, r.Contact.Kind is "phone", Zones.In(r.Contact.ReportedAt, zone)))],
            rows.Count > take ? rows[take - 1].Contact.Id.ToString("N") : null);
    }
}

/// <summary>How many wait.</summary>
[Does(Act.Read, "demographics", "Counted contact details that wait", Needs = "contacts", Trail = false, Because = "A number; nobody is shown.")]
sealed record CountContactsRequest;

sealed class CountContactsHandler(IdentityDb db, CurrentStaff staff) : IHandle<CountContactsRequest, int>
{
    public async Task<Outcome<int>> Handle(CountContactsRequest ask, CancellationToken ct) => staff.May("contacts") ? await db.ReportedContacts.CountAsync(c => c.OpenFor != null, ct) : Outcome.NotFound;
}

/// <summary>A staff member has spoken with the patient: a reported number becomes the chart's, or is put aside. An account's address is its owner's to change.</summary>
[Does(Act.Update, "demographics", "Settled a reported contact detail", Needs = "contacts")]
sealed record ConfirmContactsRequest(Guid Contact, bool Confirmed);

sealed class ConfirmContactsHandler(IdentityDb db, CurrentStaff staff, RequestScope scope, TimeProvider clock) : IHandle<ConfirmContactsRequest, Done>
{
    public async Task<Outcome<Done>> Handle(ConfirmContactsRequest ask, CancellationToken ct)
    {
        if (await db.ReportedContacts.SingleOrDefaultAsync(c => c.Id == ask.Contact, ct) is not { } contact) return Outcome.NotFound;
        scope.AboutPatient = contact.PatientId;
        if (contact.OpenFor is null) return Outcome.Conflict("settled", "Somebody has settled this already, or a newer report has taken its place.");
        if (ask.Confirmed && contact.Kind is not "phone") return Outcome.Refused("owners_address", "The patient has an account: only they change its address.", "Ask them to do so in the portal, then put this aside.");
        var (now, patient) = (clock.GetUtcNow(), await db.Patients.SingleAsync(p => p.Id == contact.PatientId, ct));
        (contact.OpenFor, contact.SettledBy) = (null, staff.Id);
        if (!ask.Confirmed) contact.SetAsideAt = now;
        else
        {
            (contact.ConfirmedAt, patient.Phone, patient.PhoneConfirmedAt, patient.ChangedAt) = (now, contact.Value, now, now);
            db.Announce(new ContactChanged(patient.Id, patient.Name, patient.BirthDate, patient.Sex, patient.Email, patient.Phone, patient.TimeZone, patient.Language), patient.Id);
            if (await db.Accounts.AsNoTracking().SingleOrDefaultAsync(a => a.PatientId == patient.Id && a.DisabledAt == null, ct) is { } account)
                db.Announce(new AccountSecurityChanged(account.Id, account.Name, account.Email, account.Language, "phone_confirmed"), account.Id);
        }
        return await db.TrySave(default(Done), ct) is Saved.Done ? default(Done) : Outcome.Stale();
    }
}

sealed class ConfirmContactsApi : IStaffApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/contacts", async (int? limit, string? cursor, IHandle<ListContactsRequest, ContactLines> list, CancellationToken ct) => (await list.Handle(new(limit, cursor), ct)).ToHttp())
           .WithName("ListContacts").Produces<ContactLines>().ProducesProblem(400).ProducesProblem(403);
        api.MapPost("/contacts/{contact:guid}/confirm", async (Guid contact, IHandle<ConfirmContactsRequest, Done> settle, CancellationToken ct) => (await settle.Handle(new(contact, true), ct)).ToHttp(_ => Results.NoContent()))
           .WithName("ConfirmContact").Produces(204).ProducesProblem(404).ProducesProblem(409).ProducesProblem(422);
        api.MapPost("/contacts/{contact:guid}/set-aside", async (Guid contact, IHandle<ConfirmContactsRequest, Done> settle, CancellationToken ct) => (await settle.Handle(new(contact, false), ct)).ToHttp(_ => Results.NoContent()))
           .WithName("SetAsideContact").Produces(204).ProducesProblem(404).ProducesProblem(409);
    }
}
