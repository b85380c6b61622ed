using System.Net.Http.Json;
using System.Text.Json;
using AngleSharp;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace PatientPortal.Identity.Tests;

/// <summary>What tests say to the portal, and how they read its answers.</summary>
static class Talk
{
    public static async Task<JsonElement> Json(this HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return text.Length == 0 ? default : JsonDocument.Parse(text).RootElement;
    }

    public static async Task<string?> Code(this HttpResponseMessage answer) => (await answer.Json()).GetProperty("code").GetString();

    public static string? Text(this JsonElement json, string name) => json.GetProperty(name).GetString();

    public static async Task<JsonElement> See(this HttpClient client, string path)
    {
        var answer = await client.GetAsync(path);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{path}: {(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        return await answer.Json();
    }

    /// <summary>A living patient without an account, as the desk finds them.</summary>
    public static async Task<JsonElement> NobodysChart(this HttpClient desk, int skip = 0) =>
        (await desk.See("/api/v1/staff/patients?limit=100")).GetProperty("items").EnumerateArray()
            .Where(p => !p.GetProperty("hasAccount").GetBoolean() && !p.GetProperty("deceased").GetBoolean()).ElementAt(skip);

    public static Task<HttpResponseMessage> SignIn(this HttpClient client, string? username, string? password, string? code = null) =>
        client.PostAsJsonAsync("/api/v1/sign-in", new { username, password, code });

    /// <summary>A browser of a staff member who has signed in; their code is good once, so the session is the one that the tests share.</summary>
    public static async Task SignInStaff(this HttpClient browser, PortalApp app, string username) =>
        browser.DefaultRequestHeaders.Authorization = (await app.SignInAs(username)).DefaultRequestHeaders.Authorization;

    public static async Task<IDocument> Page(this HttpClient client, string path) => await Page(await client.GetAsync(path));

    public static async Task<IDocument> Page(this HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return await BrowsingContext.New(Configuration.Default).OpenAsync(r => r.Content(text));
    }

    /// <summary>Sends a form of a page as a browser would: all its fields, with these values in place of its own.</summary>
    public static Task<HttpResponseMessage> Send(this HttpClient client, string path, IDocument page, string form, params (string Name, string Value)[] values)
    {
        var found = page.QuerySelectorAll("form").OfType<IHtmlFormElement>().Last(f => f.QuerySelector($"input[name=_handler][value={form}]") is not null);
        var fields = found.QuerySelectorAll("input[name]:not([type=radio]):not([type=checkbox])").ToDictionary(i => i.GetAttribute("name")!, i => i.GetAttribute("value") ?? "");
        foreach (var (name, value) in values) fields[name] = value;
        return client.PostAsync(path, new FormUrlEncodedContent(fields));
    }
}
