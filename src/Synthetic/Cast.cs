using NodaTime;

namespace PatientPortal.Synthetic;

/// <summary>
/// Everybody and everything of the synthetic clinic, dated relative to one day: the same day gives the same cast,
/// and ids are the same every day. Each module inserts what it owns. Nobody in it is a real person.
/// </summary>
/// <param name="Now">The moment it is told for; everything past is at least a day before it.</param>
/// <param name="Today">The clinic's date then, at its main location.</param>
/// <param name="Locations">Places, each with its zone. Empty in the further parts of a large cast, as are providers, visit types, teams, pharmacies and staff.</param>
/// <param name="Accounts">Patients' sign-in accounts; everybody's password is <see cref="Password"/>.</param>
/// <param name="Appointments">Every visit, years back and weeks ahead; each fits a template, none overlaps another of its provider.</param>
public sealed record Cast(
    DateTimeOffset Now, DateOnly Today, CastClinic Clinic,
    IReadOnlyList<CastLocation> Locations, IReadOnlyList<CastProvider> Providers, IReadOnlyList<CastVisitType> VisitTypes,
    IReadOnlyList<CastStaff> Staff, IReadOnlyList<CastTeam> Teams, IReadOnlyList<CastPharmacy> Pharmacies,
    IReadOnlyList<CastPatient> Patients, IReadOnlyList<CastAccount> Accounts, IReadOnlyList<CastProxy> Proxies,
    IReadOnlyList<CastAppointment> Appointments, IReadOnlyList<CastThread> Threads, IReadOnlyList<CastRefill> Refills)
{
    public const string Password = "Portal-demo-2026";

    /// <summary>Every staff member's TOTP secret: base32, SHA-1, 6 digits, 30 seconds.</summary>
    public const string TotpSecret = "JBSWY3DPEHPK3PXP";

    internal ClinicPlan Plan { get; init; } = null!;

    /// <summary>The clinic of the demonstration and of the tests.</summary>
    public static Cast Of(DateTimeOffset now, int patients = 40) => CastDirector.Small(now, patients);

    /// <summary>
    /// One part of a large clinic for measuring: <paramref name="count"/> patients from number <paramref name="first"/> (counted from 0) of <paramref name="total"/>.
    /// The first <paramref name="accounts"/> of all patients have accounts ("patient1"...), the first <paramref name="longStories"/> hundreds of lab reports;
    /// the others have 92 facts each.
    /// </summary>
    public static Cast Part(DateTimeOffset now, int first, int count, int total, int accounts, int longStories) =>
        CastDirector.Large(now, first, count, total, accounts, longStories);

    /// <summary>The clinical facts of a patient as FHIR R4 resources, shaped after US Core 6.1; oldest visits last.</summary>
    public IEnumerable<StoryResource> StoryOf(CastPatient patient) => new Story(this, patient).Tell();

    /// <summary>The prescriptions and dispenses among them alone.</summary>
    public IEnumerable<StoryResource> MedicinesOf(CastPatient patient) => MedicineStory.Tell(new Story(this, patient));

    /// <summary>The Patient resource itself, for who keeps it.</summary>
    public StoryResource PatientResource(CastPatient patient) => ClinicStory.Patient(this, patient);

    /// <summary>Organization, Locations, Practitioners and their roles: what the patients' facts point to.</summary>
    public IEnumerable<StoryResource> ClinicResources() => ClinicStory.Tell(this);

    internal ILookup<Guid, CastAppointment> VisitsByPatient { get; init; } = null!;

    internal DateTimeOffset At(DateOnly date, TimeOnly time, string zone) =>
        new LocalDateTime(date.Year, date.Month, date.Day, time.Hour, time.Minute)
            .InZoneLeniently(DateTimeZoneProviders.Tzdb[zone]).ToDateTimeOffset();
}

/// <param name="Id">The same as in resources: Organization/{Id}.</param>
public sealed record CastClinic(Guid Id, string Name, string Phone, string Email);

/// <param name="TimeZone">IANA zone; the schedule there is in its wall-clock time.</param>
public sealed record CastLocation(Guid Id, string Name, string Line, string City, string State, string PostalCode, string Phone, string TimeZone)
{
    public string Address => $"{Line}, {City}, {State} {PostalCode}";
}

/// <param name="Name">As shown: "Dr. Hannah Lee".</param>
/// <param name="Credential">"MD", "NP"...</param>
/// <param name="StaffId">The staff account of the same person, if they have one.</param>
public sealed record CastProvider(
    Guid Id, string Name, string Credential, string Specialty, Guid? StaffId, IReadOnlyList<CastTemplate> Templates);

/// <summary>Weekly hours at one location, in its wall-clock time; nothing begins or ends inside lunch.</summary>
public sealed record CastTemplate(
    Guid Id, Guid LocationId, IReadOnlyList<DayOfWeek> Weekdays, TimeOnly From, TimeOnly To, TimeOnly? LunchFrom, TimeOnly? LunchTo);

/// <param name="ProviderIds">Who offers it.</param>
/// <param name="ByPatients">Whether patients may book it themselves.</param>
public sealed record CastVisitType(Guid Id, string Name, string SpanishName, string Description, int Minutes, IReadOnlyList<Guid> ProviderIds, bool ByPatients);

/// <param name="Role">"Physician", "Nurse", "Front desk", "Pharmacist" or "Administrator".</param>
public sealed record CastStaff(Guid Id, string UserName, string Name, string Role, string Email);

/// <param name="Topics">What a patient may write to it about.</param>
public sealed record CastTeam(Guid Id, string Name, string SpanishName, IReadOnlyList<string> Topics, IReadOnlyList<Guid> StaffIds);

public sealed record CastPharmacy(Guid Id, string Name, string Address, string Phone);

/// <summary>What kind of story a patient has.</summary>
public enum CastStory
{
    HealthyAdult, Metabolic, Hypertension, Diabetes, Asthma, Pregnancy, Thyroid, Depression, Elder, HeartFailure, Pain, Teen, Child, Infant,

    /// <summary>For measuring: 60 Observations in 5 reports, 5 prescriptions, 6 others.</summary>
    Slim,

    /// <summary>For measuring: hundreds of lab reports.</summary>
    Long,
}

/// <param name="Number">Counted from 0; seeds everything about them.</param>
/// <param name="Sex">"female" or "male".</param>
/// <param name="Language">"en" or "es".</param>
/// <param name="TimeZone">Where they live.</param>
public sealed record CastPatient(
    int Number, Guid Id, string ChartNumber, string Given, string Family, DateOnly BirthDate, string Sex,
    string? Email, string? Phone, string Line, string City, string State, string PostalCode,
    string TimeZone, string Language, Guid PrimaryProviderId, CastStory Story, IReadOnlyList<CastMedication> Medications)
{
    public string Name => $"{Given} {Family}";

    /// <summary>The one whose story is told in full; a large clinic has no such patient.</summary>
    internal bool IsMaria => Number is People.Maria && Story is CastStory.Metabolic;
}

/// <param name="Id">The account's id, not the patient's.</param>
public sealed record CastAccount(Guid Id, string UserName, Guid PatientId, string Name, string Email);

/// <summary>An account may act for a patient.</summary>
/// <param name="Relation">"parent".</param>
/// <param name="Scopes">"appointments", "records", "messages", "medications".</param>
public sealed record CastProxy(Guid Id, Guid AccountId, Guid PatientId, string Relation, IReadOnlyList<string> Scopes);

/// <summary>One prescription; the same facts stand in the story as MedicationRequest/{Id} and its MedicationDispenses.</summary>
/// <param name="RxNorm">Its code, or null for a medication with text only.</param>
/// <param name="Quantity">Dispensed each time.</param>
/// <param name="Repeats">Refills allowed after the first fill.</param>
/// <param name="Status">FHIR status: "active", "stopped", "on-hold", "completed".</param>
/// <param name="Schedule">"CII" for a controlled substance, else null.</param>
/// <param name="Fills">When it was dispensed, oldest first.</param>
public sealed record CastMedication(
    Guid Id, string Name, string? RxNorm, string Dosage, string SpanishDosage, decimal Quantity, string Unit, int DaysSupply, int Repeats,
    string Status, DateOnly AuthoredOn, DateOnly ValidUntil, string? Schedule, string Reason, Guid PrescriberId, IReadOnlyList<CastFill> Fills)
{
    public int RefillsLeft => Math.Max(0, Repeats - Math.Max(0, Fills.Count - 1));

    /// <summary>When the last fill runs out, or null when nothing was dispensed.</summary>
    public DateOnly? RunsOut => Fills.Count is 0 ? null : Fills[^1].On.AddDays(DaysSupply);
}

/// <param name="Id">MedicationDispense/{Id}.</param>
public sealed record CastFill(Guid Id, DateOnly On);

public enum CastVisitState { Booked, Fulfilled, Cancelled, NoShow }

/// <param name="Start">The instant, with the location's offset; <paramref name="Date"/> and <paramref name="Time"/> are its wall-clock form there.</param>
public sealed record CastAppointment(
    Guid Id, Guid PatientId, Guid ProviderId, Guid LocationId, Guid VisitTypeId, string TimeZone,
    DateOnly Date, TimeOnly Time, int Minutes, DateTimeOffset Start, DateTimeOffset BookedAt,
    CastVisitState State, string Reason, string? CancelReason)
{
    public DateTimeOffset End => Start.AddMinutes(Minutes);
}

public enum CastThreadState { Waiting, AnsweredUnread, Answered, Closed }

/// <summary>One conversation of a patient with a team.</summary>
public sealed record CastThread(
    Guid Id, Guid PatientId, Guid TeamId, string Topic, string Subject, CastThreadState State, IReadOnlyList<CastMessage> Messages);

/// <param name="AuthorId">Account id of the patient or proxy, staff id, or null when the patient has no account.</param>
public sealed record CastMessage(Guid Id, bool ByStaff, Guid? AuthorId, string AuthorName, DateTimeOffset At, string Body);

public enum CastRefillState { Asked, Approved, AtPharmacy, Ready, Denied }

/// <param name="MedicationId">The prescription: <see cref="CastMedication.Id"/>.</param>
/// <param name="DecidedBy">Staff id, when decided.</param>
/// <param name="Reason">For a denial, as the patient reads it.</param>
public sealed record CastRefill(
    Guid Id, Guid PatientId, Guid MedicationId, Guid PharmacyId, CastRefillState State, DateTimeOffset AskedAt,
    DateTimeOffset? DecidedAt, Guid? DecidedBy, DateTimeOffset? ReadyAt, string? Note, string? Reason);

/// <summary>One FHIR R4 resource.</summary>
/// <param name="Id">A Guid in its usual form; unique within the type.</param>
/// <param name="Json">UTF-8.</param>
public sealed record StoryResource(string Type, string Id, byte[] Json);
