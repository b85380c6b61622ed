using System.Security.Cryptography;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.AspNetCore.Http;

namespace PatientPortal.Ui;

/// <summary>
/// The hidden <c>_key</c> of a form. It is the form's Idempotency-Key: a second click, or a reload, sends the same one. The form
/// that comes back with problems keeps its key; a fresh page has a fresh one.
/// </summary>
public sealed class FormKey : ComponentBase
{
    string key = "";

    /// <summary>The form's name, when the page has several forms.</summary>
    [Parameter] public string? For { get; set; }
    [CascadingParameter] public HttpContext? Http { get; set; }

    protected override void OnInitialized() => key = Posted() ?? RandomNumberGenerator.GetHexString(32, lowercase: true);

    string? Posted()
    {
        if (Http?.Request is not { HasFormContentType: true } request) return null;
        if (For is not null && request.Form["_handler"] != For) return null;
        return request.Form["_key"].ToString() is { Length: 32 } sent && sent.All(char.IsAsciiHexDigit) ? sent : null;
    }

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        builder.OpenElement(0, "input");
        builder.AddAttribute(1, "type", "hidden");
        builder.AddAttribute(2, "name", "_key");
        builder.AddAttribute(3, "value", key);
        builder.CloseElement();
    }
}
