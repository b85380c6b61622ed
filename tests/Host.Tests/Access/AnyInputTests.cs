using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Host.Tests.Access;

/// <summary>
/// What anybody may send: each property of each body, and each field of each form, once with everything that can be wrong with it; and the ids of
/// another patient's things in every address. The OpenAPI document and the pages say what there is, so a new route is tried from its first day on.
/// </summary>
public sealed partial class AnyInputTests
{
    const int Long = 20_000;

    /// <summary>As JSON: wrong types, the empty, the huge, text that databases and encoders stumble over, the ends of the calendar.</summary>
    static readonly string[] Wrong =
    [
        "null", "7", "-1", "1e400", "99999999999999999999", "true", "{}", "[]", "[null]", "[{}]", "\"\"", "\"   \"", "\"x\"", "\"\\u0000\"", "\"a\\u0000b\"", "\"\\ud800\"", "\"\\u202e\\ufeff'\\\"<b>\"",
        $"\"{new string('x', Long)}\"", "\"2026-02-30\"", "\"0001-01-01\"", "\"9999-12-31\"", "\"9999-12-31T23:59:59.9999999-14:00\"", "\"0001-01-01T00:00:00+14:00\"", "\"00000000-0000-0000-0000-000000000000\"",
    ];

    static readonly string[] WrongBodies = ["", "null", "[]", "7", "\"x\"", "{", "{}", "{\"a\":1,\"a\":2}", new string('[', 300) + new string(']', 300), "\ufeff{}", "{\"\\ud800\":1}"];

    static readonly string[] WrongText = ["", "   ", "x", "-1", "99999999999999999999", "a\0b", "\ud83d\ude00", "\u202e'\"<b>", "2026-02-30", "0001-01-01", "9999-12-31", "00000000-0000-0000-0000-000000000000", new string('x', Long)];

    [Fact]
    public async Task no_property_of_any_body_is_answered_with_a_fault()
    {
        await using var app = await PortalApp.New();
        var people = await People.Of(app);
        var (wrong, tried, shut) = (new List<string>(), 0, 0);
        var document = JsonNode.Parse(await app.Anonymous().GetStringAsync("/openapi/v1.json"))!;
        // Wrong proofs end a session: who shows them comes last.
        foreach (var (path, methods) in document["paths"]!.AsObject().OrderBy(p => p.Key.Contains("/me/", StringComparison.Ordinal)))
            foreach (var (method, operation) in methods!.AsObject())
            {
                if (operation!["requestBody"]?["content"]?["application/json"]?["schema"] is not { } schema) continue;
                var good = Good(document, schema, 0).AsObject();
                var bodies = WrongBodies.Concat(from property in good from value in Wrong select Body(good, property.Key, value));
                var address = Names().Replace(path, m => m.Groups[1].Value is "patient" && path.Contains("/patients/{patient}", StringComparison.Ordinal) && !path.Contains("/staff/", StringComparison.Ordinal) ? "me"
                    : m.Groups[1].Value is "patient" ? people.Maria.ToString() : Guid.CreateVersion7().ToString());
                foreach (var body in bodies)
                {
                    var (answer, said) = await people.Send(path, method, address, body);
                    tried++;
                    if (answer is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) shut++;
                    if ((int)answer >= 500 || ((int)answer >= 400 && !said.StartsWith("application/problem+json", StringComparison.Ordinal)))
                        wrong.Add($"{method} {path} {body[..Math.Min(body.Length, 160)]} -> {(int)answer} {said}");
                }
            }
        wrong.ShouldBeEmpty(Faults(app));
        tried.ShouldBeGreaterThan(3000);
        // Some need a proof of the last minutes and some a role of their own; were most of them shut, this would try nothing.
        (shut / (double)tried).ShouldBeLessThan(0.2);
    }

    [Fact]
    public async Task no_field_of_any_form_is_answered_with_a_fault()
    {
        await using var app = await PortalApp.New();
        var people = await People.Of(app);
        var wrong = new List<string>();
        var forms = new HashSet<string>();
        foreach (var (who, browser) in await people.Browsers())
        {
            var (toSee, seen) = (new Queue<string>(["/", "/staff", "/account", "/sign-in", "/activate", "/forgot", "/sign-up"]), new HashSet<string>());
            while (toSee.TryDequeue(out var path))
            {
                // One page of each kind: of one patient, of one result.
                if (!seen.Add(Ids().Replace(path.Split('?')[0], "{}") + "?" + string.Join('&', QueryNames().Matches(path).Select(m => m.Groups[1].Value)))) continue;
                using var page = await browser.GetAsync(path);
                if ((int)page.StatusCode >= 500) wrong.Add($"{who} GET {path} -> {(int)page.StatusCode}");
                if (page.Headers.Location is { IsAbsoluteUri: false } next) toSee.Enqueue(next.ToString());
                if (page.StatusCode is not HttpStatusCode.OK || page.Content.Headers.ContentType?.MediaType is not "text/html") continue;
                using var parsed = await new HtmlParser().ParseDocumentAsync(await page.Content.ReadAsStringAsync());
                foreach (var link in parsed.QuerySelectorAll("a[href]").Select(a => a.GetAttribute("href")!).Where(h => h.StartsWith('/') && !h.StartsWith("/mailbox", StringComparison.Ordinal))) toSee.Enqueue(link.Split('#')[0]);
                foreach (var form in parsed.Forms.Where(f => f.Method is "post")) await Try(who, browser, path, form, forms, wrong);
            }
        }
        wrong.ShouldBeEmpty(Faults(app));
        forms.Count.ShouldBeGreaterThan(30);
    }

    static async Task Try(string who, HttpClient browser, string path, IHtmlFormElement form, HashSet<string> known, List<string> wrong)
    {
        var fields = Fields(form);
        var action = form.GetAttribute("action") is { Length: > 0 } to ? to : path;
        // What ends the session, or the account, has tests of its own.
        if (!fields.TryGetValue("_handler", out var handler) || action.Contains("sign-out", StringComparison.Ordinal) || action.Contains("/close", StringComparison.Ordinal)) return;
        if (!known.Add($"{Ids().Replace(action.Split('?')[0], "{}")} {handler}")) return;
        foreach (var name in fields.Keys.Where(n => n is not ("_handler" or "__RequestVerificationToken")).ToList())
            foreach (var value in WrongText)
            {
                using var content = new FormUrlEncodedContent(new Dictionary<string, string>(fields) { [name] = value });
                var status = 0;
                string? fault = null;
                try
                {
                    using var answer = await browser.PostAsync(action, content);
                    status = (int)answer.StatusCode;
                }
                // A fault after the answer's beginning ends the connection.
                catch (Exception e) when (e is InvalidOperationException or HttpRequestException or IOException) { fault = e.Message; }
                if (fault is not null || status >= 500) wrong.Add($"{who} POST {action} {handler} {name}={value[..Math.Min(value.Length, 30)]} -> {status} {fault}");
            }
    }

    [Fact]
    public async Task the_ids_of_another_patients_things_find_nothing_and_change_nothing()
    {
        await using var app = await PortalApp.New();
        var people = await People.Of(app);
        var (james, maria) = (await app.SignInAs("james"), await app.SignInAs("maria"));
        var theirs = await PortalApp.OwnChart(maria);
        var ids = await OwnedRows.Things(app, theirs);
        ids.Count.ShouldBeGreaterThan(10);
        var before = await OwnedRows.All(app, theirs);
        var (wrong, tried) = (new List<string>(), 0);
        var document = JsonNode.Parse(await app.Anonymous().GetStringAsync("/openapi/v1.json"))!;
        foreach (var (path, methods) in document["paths"]!.AsObject())
            foreach (var (method, operation) in methods!.AsObject())
            {
                var names = Names().Matches(path).Select(m => m.Groups[1].Value).Where(n => n is not "patient").ToList();
                var ofThePatient = path.StartsWith("/api/v1/patients/{patient}/", StringComparison.Ordinal) || path.StartsWith("/api/v1/me/", StringComparison.Ordinal);
                if (!ofThePatient || names.Count is 0) continue;
                var schema = operation!["requestBody"]?["content"]?["application/json"]?["schema"];
                foreach (var (table, id) in ids)
                {
                    var body = schema is null ? null : Good(document, schema, 0).ToJsonString();
                    using var request = new HttpRequestMessage(new(method.ToUpperInvariant()), Names().Replace(path, m => m.Groups[1].Value is "patient" ? "me" : id.ToString()));
                    if (method is not "get") request.Content = new StringContent(body ?? "{}", new MediaTypeHeaderValue("application/json"));
                    using var answer = await james.SendAsync(request);
                    tried++;
                    // 400 and 403 are said before anything is looked for: of the body, of a proof that is missing.
                    if (answer.StatusCode is not (HttpStatusCode.NotFound or HttpStatusCode.BadRequest or HttpStatusCode.Forbidden)) wrong.Add($"{method} {path} with {table} -> {(int)answer.StatusCode}");
                }
            }
        wrong.ShouldBeEmpty();
        tried.ShouldBeGreaterThan(250);
        (await OwnedRows.All(app, theirs)).ShouldBe(before);
    }

    /// <summary>What the portal wrote down about its faults.</summary>
    static string Faults(PortalApp app) => string.Join(Environment.NewLine, app.Log.Lines.Where(l => l.StartsWith("Error", StringComparison.Ordinal)).Take(5));

    /// <summary>A body that fits its schema: one string, one number, one day for each.</summary>
    static JsonNode Good(JsonNode document, JsonNode schema, int depth)
    {
        if (schema["$ref"] is { } named) return Good(document, document["components"]!["schemas"]![named.GetValue<string>().Split('/')[^1]]!, depth);
        if (schema["oneOf"] is JsonArray choices) return Good(document, choices.First(c => c!["type"]?.ToString() is not "null")!, depth);
        if (schema["enum"] is JsonArray { Count: > 0 } values) return values.First(v => v is not null)!.DeepClone();
        var type = schema["type"] is JsonArray several ? several.Select(t => t!.GetValue<string>()).First(t => t is not "null") : schema["type"]?.GetValue<string>();
        return type switch
        {
            "object" or null => new JsonObject(schema["properties"]?.AsObject().Where(_ => depth < 4).Select(p => KeyValuePair.Create(p.Key, (JsonNode?)Good(document, p.Value!, depth + 1))) ?? []),
            "array" => new JsonArray(depth < 4 ? Good(document, schema["items"]!, depth + 1) : null),
            "integer" or "number" => 1,
            "boolean" => true,
            _ => schema["format"]?.GetValue<string>() switch
            {
                "uuid" => "0199aaaa-0000-7000-8000-000000000001",
                "date" => "1990-01-01",
                "date-time" => "2026-12-01T10:00:00Z",
                _ => "x",
            },
        };
    }

    /// <summary>The good body with one value replaced by text that need not be JSON.</summary>
    static string Body(JsonObject good, string property, string value) =>
        "{" + string.Join(',', good.Select(p => $"\"{p.Key}\":{(p.Key == property ? value : p.Value?.ToJsonString() ?? "null")}")) + "}";

    /// <summary>What a browser would send of a form as it stands on the page.</summary>
    static Dictionary<string, string> Fields(IHtmlFormElement form)
    {
        var fields = new Dictionary<string, string>();
        foreach (var input in form.QuerySelectorAll<IHtmlInputElement>("input[name]").Where(i => i.Type is not ("radio" or "checkbox" or "file") || i.IsChecked)) fields[input.Name!] = input.Value;
        foreach (var choice in form.QuerySelectorAll<IHtmlSelectElement>("select[name]")) fields[choice.Name!] = choice.Value ?? "";
        foreach (var text in form.QuerySelectorAll<IHtmlTextAreaElement>("textarea[name]")) fields[text.Name!] = text.Value;
        foreach (var button in form.QuerySelectorAll<IHtmlButtonElement>("button[name]").Take(1)) fields[button.Name!] = button.Value;
        return fields;
    }

    [GeneratedRegex(@"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/)\d+")]
    private static partial Regex Ids();

    [GeneratedRegex(@"[?&]([A-Za-z]+)=")]
    private static partial Regex QueryNames();

    [GeneratedRegex(@"\{([A-Za-z]+)[^}]*\}")]
    private static partial Regex Names();
}
