using System.Globalization;

namespace PatientPortal.Identity.Data;

/// <summary>What part of the trail is wanted, as people and programs ask for it. Days are the clinic's.</summary>
sealed record AuditFilter
{
    public const string Refused = "refused";

    public Guid? Patient { get; init; }

    public Guid? Actor { get; init; }

    public DateOnly? From { get; init; }

    public DateOnly? To { get; init; }

    /// <summary>"create", "read", "update", "delete" or "execute".</summary>
    public string? Action { get; init; }

    /// <summary>"ok", "refused" for all that was not, or one refusal's code.</summary>
    public string? Outcome { get; init; }

    /// <summary>"break-glass", "support".</summary>
    public string? Purpose { get; init; }

    public AuditQuery ToQuery(string zone) => new(Patient, Actor,
        From is { } from ? Zones.StartOfDay(from, zone) : null,
        To is { } to ? Zones.EndOfDay(to, zone) : null,
        Act: Enum.TryParse<Act>(Action, ignoreCase: true, out var act) ? act : null,
        Outcome: string.IsNullOrEmpty(Outcome) || Outcome is Refused ? null : Outcome,
        Refused: Outcome is Refused,
        Purpose: string.IsNullOrEmpty(Purpose) ? null : Purpose);

    /// <summary>The address of a page with this filter, without a cursor.</summary>
    public string Link(string path)
    {
        (string Name, string? Value)[] asked =
        [
            ("patient", Patient?.ToString()), ("actor", Actor?.ToString()), ("from", Day(From)), ("to", Day(To)), ("action", Action), ("outcome", Outcome), ("purpose", Purpose),
        ];
        var query = string.Join('&', asked.Where(a => !string.IsNullOrEmpty(a.Value)).Select(a => $"{a.Name}={Uri.EscapeDataString(a.Value!)}"));
        return query.Length is 0 ? path : $"{path}?{query}";
    }

    static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

sealed class AuditFilterRules : AbstractValidator<AuditFilter>
{
    public AuditFilterRules()
    {
        RuleFor(f => f.To).GreaterThanOrEqualTo(f => f.From).When(f => f.From is not null && f.To is not null).WithMessage("The last day lies before the first.");
        RuleFor(f => f.Action).Must(a => Enum.TryParse<Act>(a, ignoreCase: true, out var act) && Enum.IsDefined(act) && !a!.Any(char.IsDigit)).When(f => !string.IsNullOrEmpty(f.Action))
            .WithMessage("One of create, read, update, delete, execute.");
        RuleFor(f => f.Outcome).MaximumLength(60);
        RuleFor(f => f.Purpose).MaximumLength(60);
    }
}
