using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;
using PatientPortal.Kernel.Requests;

namespace PatientPortal.Ui;

/// <summary>The form that a field stands in: its name keeps ids apart when one page has several forms.</summary>
public sealed record FormScope(string Name, Refusal? Refusal);

/// <summary>What every field has: a label, perhaps a hint, and its problem beside it.</summary>
public abstract class Field : ComponentBase
{
    /// <summary>The name in the form: <c>Form.Reason</c>. Problems are looked up under <c>reason</c>.</summary>
    [Parameter, EditorRequired] public string Name { get; set; } = "";
    [Parameter, EditorRequired] public string Label { get; set; } = "";
    [Parameter] public string? Hint { get; set; }
    [Parameter] public bool Optional { get; set; }

    /// <summary>What was refused. Inside a <see cref="PostForm"/> it need not be given.</summary>
    [Parameter] public Refusal? Problems { get; set; }

    /// <summary>Only where the id that comes from the name would stand twice on the page.</summary>
    [Parameter] public string? Id { get; set; }

    [Parameter(CaptureUnmatchedValues = true)] public IReadOnlyDictionary<string, object>? More { get; set; }
    [CascadingParameter] public FormScope? Within { get; set; }

    internal string FieldId => Id ?? IdOf(Within?.Name, KeyOf(Name));
    internal IReadOnlyList<string> Said => (Problems ?? Within?.Refusal)?.For(KeyOf(Name)) ?? [];
    internal string? Required => Optional ? null : "true";
    internal string? Invalid => Said.Count > 0 ? "true" : null;
    internal string? DescribedBy => (Hint, Said.Count) switch
    {
        (null, 0) => null,
        (null, _) => FieldId + "-problem",
        (_, 0) => FieldId + "-hint",
        _ => $"{FieldId}-hint {FieldId}-problem",
    };

    /// <summary><c>Form.HomeAddress.City</c> becomes <c>homeAddress.city</c>, as the rules and the API name it.</summary>
    internal static string KeyOf(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var parts = (dot < 0 ? name : name[(dot + 1)..]).Split('.');
        return string.Join('.', parts.Select(p => p.Length is 0 ? p : char.ToLowerInvariant(p[0]) + p[1..]));
    }

    internal static string IdOf(string? form, string key)
    {
        var id = new StringBuilder(form is null ? "" : form + "-");
        foreach (var c in key) id.Append(char.IsAsciiLetterOrDigit(c) ? c : '-');
        return id.ToString();
    }
}

/// <summary>A field with a value, which is shown again when the form comes back.</summary>
public abstract class Field<TValue> : Field
{
    [Parameter] public TValue? Value { get; set; }

    /// <summary>For <c>@bind-Value</c>. Never called: a plain form sends its values by name.</summary>
    [Parameter] public EventCallback<TValue> ValueChanged { get; set; }

    internal string? Text => Value switch
    {
        null => null,
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm", CultureInfo.InvariantCulture),
        bool yes => yes ? "true" : "false",
        _ => Convert.ToString(Value, CultureInfo.InvariantCulture),
    };
}
