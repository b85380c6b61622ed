using PatientPortal.Kernel.Texts;
using PatientPortal.Kernel.Time;
using PatientPortal.Records.Domain.Fhir;

namespace PatientPortal.Records.Domain;

/// <summary>FHIR's codes and dates in the reader's language.</summary>
static class Words
{
    /// <summary>"Thursday, November 26, 2026 at 9:00 am EST", or as much of it as is known: "May 2019".</summary>
    public static string Said(this FhirDate date, string zone, Texts T) => date switch
    {
        { Precision: Precision.Instant, HasZone: true } => Say.Moment(date.Start, zone, T.Culture),
        { Precision: Precision.Instant or Precision.Day } => Say.Date(DateOnly.FromDateTime(date.Start.DateTime), T.Culture),
        _ => date.Short(zone, T),
    };

    /// <summary>"Thursday, November 26, 2026".</summary>
    public static string Day(this FhirDate date, string zone, Texts T) => date switch
    {
        { Precision: Precision.Instant, HasZone: true } => Say.Date(date.Start, zone, T.Culture),
        { Precision: Precision.Instant or Precision.Day } => Say.Date(DateOnly.FromDateTime(date.Start.DateTime), T.Culture),
        _ => date.Short(zone, T),
    };

    /// <summary>"Thu, Nov 26", for lists under a heading that names month and year.</summary>
    public static string Weekday(this FhirDate date, string zone, Texts T) => date switch
    {
        { Precision: Precision.Instant, HasZone: true } => Say.Day(date.Start, zone, T.Culture),
        { Precision: Precision.Instant or Precision.Day } => Say.Day(date.Start, "UTC", T.Culture),
        _ => date.Short(zone, T),
    };

    /// <summary>"Nov 26, 2026", "May 2019" or "2019".</summary>
    public static string Short(this FhirDate date, string zone, Texts T) => date switch
    {
        { Precision: Precision.Year } => date.Text,
        { Precision: Precision.Month } => date.Start.ToString("Y", T.Culture),
        { HasZone: true } => Say.Short(date.Start, zone, T.Culture),
        _ => Say.Short(DateOnly.FromDateTime(date.Start.DateTime), T.Culture),
    };

    public static string Of(Flag flag, Texts T) => flag switch
    {
        Flag.InRange => T["In range"],
        Flag.Normal => T["Normal"],
        Flag.High => T["High"],
        Flag.Low => T["Low"],
        Flag.CriticalHigh => T["Very high"],
        Flag.CriticalLow => T["Very low"],
        Flag.Abnormal => T["Outside what is usual"],
        Flag.Critical => T["Far outside what is usual"],
        Flag.Positive => T["Positive"],
        Flag.Negative => T["Negative"],
        Flag.Detected => T["Detected"],
        Flag.NotDetected => T["Not detected"],
        Flag.Indeterminate => T["Unclear"],
        Flag.Susceptible => T["The medicine works against it"],
        Flag.Intermediate => T["The medicine may work against it"],
        _ => T["The medicine does not work against it"],
    };

    /// <summary>The tag's kind in the stylesheet: the words say it, the colour repeats it.</summary>
    public static string? Kind(Flag flag) => flag switch
    {
        _ when flag.IsCritical() => "alarm",
        _ when flag.IsAbnormal() => "watch",
        Flag.InRange or Flag.Normal => "good",
        _ => null,
    };

    public static string? Icon(Flag flag) => flag switch
    {
        Flag.High or Flag.CriticalHigh => "high",
        Flag.Low or Flag.CriticalLow => "low",
        _ => null,
    };

    public static string Status(string status, Texts T) => status switch
    {
        "final" => T["Final"],
        "corrected" => T["Corrected"],
        "amended" => T["Amended"],
        "appended" => T["Final, with an addition"],
        "cancelled" => T["Cancelled"],
        "preliminary" or "partial" => T["Preliminary"],
        "registered" => T["Not ready yet"],
        "entered-in-error" => T["Entered in error"],
        _ => T["Status not known"],
    };

    public static string Category(string category, Texts T) => category switch
    {
        "laboratory" => T["Laboratory"],
        "microbiology" => T["Microbiology"],
        "imaging" => T["Imaging"],
        "pathology" => T["Pathology"],
        "cardiology" => T["Heart"],
        "procedure" => T["Procedure result"],
        _ => T["Test result"],
    };

    /// <summary>Words that the projection writes in English; everything else is the source's own.</summary>
    public static string Value(string text, Texts T) => text switch
    {
        "Yes" => T["Yes"],
        "No" => T["No"],
        "Not ready yet" => T["Not ready yet"],
        "Cancelled" => T["Cancelled"],
        "Not known" => T["Not known"],
        "Not done" => T["Not done"],
        "Not answered" => T["Not answered"],
        "No value came with this test" => T["No value came with this test"],
        _ => Unit(text, "beats per minute", T) ?? Unit(text, "breaths per minute", T) ?? text,
    };

    static string? Unit(string text, string unit, Texts T) => text.EndsWith(" " + unit, StringComparison.Ordinal) ? text[..^unit.Length] + T[unit] : null;

    /// <summary>A clinical or verification status of a condition, allergy or team.</summary>
    public static string? Clinical(string? status, Texts T) => status switch
    {
        null => null,
        "active" => T["Active"],
        "recurrence" => T["Back again"],
        "relapse" => T["Back again"],
        "inactive" => T["Not active"],
        "remission" => T["In remission"],
        "resolved" => T["Resolved"],
        "unconfirmed" => T["Not confirmed"],
        "provisional" => T["Not confirmed"],
        "differential" => T["One of several possibilities"],
        "refuted" => T["Ruled out"],
        "confirmed" => T["Confirmed"],
        "proposed" => T["Proposed"],
        "suspended" => T["Suspended"],
        "completed" => T["Done"],
        "in-progress" => T["In progress"],
        "preparation" => T["Being prepared"],
        "not-done" => T["Not done"],
        "on-hold" => T["On hold"],
        "accepted" => T["Agreed"],
        "scheduled" => T["Planned"],
        "not-started" => T["Not started"],
        "revoked" => T["Stopped"],
        "rejected" => T["Not agreed"],
        "stopped" => T["Stopped"],
        "finished" => T["Finished"],
        "planned" => T["Planned"],
        "arrived" or "triaged" => T["In progress"],
        "cancelled" => T["Cancelled"],
        _ => null,
    };

    /// <summary>How far a goal is reached (hl7.org/fhir/R4/valueset-goal-achievement.html).</summary>
    public static string? Achievement(string? code, Texts T) => code switch
    {
        "in-progress" => T["In progress"],
        "improving" => T["Getting better"],
        "worsening" => T["Getting worse"],
        "no-change" or "no-progress" => T["No change yet"],
        "achieved" => T["Reached"],
        "sustaining" => T["Reached and kept"],
        "not-achieved" => T["Not reached"],
        "not-attainable" => T["Can not be reached"],
        _ => null,
    };

    public static string VisitKind(string? kind, Texts T) => kind switch
    {
        "office" => T["Office visit"],
        "virtual" => T["Video or phone visit"],
        "emergency" => T["Emergency"],
        "hospital" => T["Hospital stay"],
        "home" => T["Home visit"],
        _ => T["Visit"],
    };
}
