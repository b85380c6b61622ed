using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using PatientPortal.Messaging.Data;
using PatientPortal.Testing;
using Shouldly;

namespace PatientPortal.Messaging.Tests;

/// <summary>What these tests say over and over.</summary>
static class Talking
{
    public static async Task<JsonElement> Json(this HttpResponseMessage answer, HttpStatusCode expected = HttpStatusCode.OK)
    {
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(expected, text);
        return JsonDocument.Parse(text).RootElement;
    }

    public static async Task<JsonElement> Problem(this HttpResponseMessage answer, HttpStatusCode expected, string code)
    {
        var problem = await answer.Json(expected);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        problem.Text("code").ShouldBe(code);
        return problem;
    }

    public static async Task<JsonElement> Get(this HttpClient client, string path, HttpStatusCode expected = HttpStatusCode.OK) =>
        await (await client.GetAsync(path)).Json(expected);

    public static Task<HttpResponseMessage> Post(this HttpClient client, string path, object body, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return client.SendAsync(request);
    }

    public static string Text(this JsonElement json, string name) => json.GetProperty(name).GetString()!;

    public static Guid Id(this JsonElement json, string name = "id") => json.GetProperty(name).GetGuid();

    public static IEnumerable<JsonElement> Items(this JsonElement json) => json.GetProperty("items").EnumerateArray();

    public static bool IsNull(this JsonElement json, string name) => json.GetProperty(name).ValueKind is JsonValueKind.Null;

    /// <summary>A team's id by its place in the list.</summary>
    public static async Task<Guid> Team(this HttpClient patient, int place = 0) =>
        (await patient.Get("/api/v1/patients/me/teams")).Items().ElementAt(place).Id();

    /// <summary>A new conversation of the signed-in patient (or of the one they care for).</summary>
    public static async Task<Guid> Ask(this HttpClient patient, string body = "May I eat before the test?", string subject = "A question", string whom = "me", string? key = null)
    {
        var team = (await patient.Get($"/api/v1/patients/{whom}/teams")).Items().First().Id();
        var answer = await patient.Post($"/api/v1/patients/{whom}/threads", new { team, topic = "question", subject, body }, key);
        return (await answer.Json(HttpStatusCode.Created)).Id();
    }

    public static async Task<JsonElement> Answer(this HttpClient staff, Guid thread, string body = "Yes, you may.") =>
        await (await staff.Post($"/api/v1/staff/threads/{thread}/reply", new { body })).Json(HttpStatusCode.Created);

    /// <summary>The chart of the person that a proxy cares for.</summary>
    public static async Task<Guid> Child(this HttpClient proxy) =>
        (await proxy.Get("/api/v1/me")).GetProperty("patients").EnumerateArray().First(p => p.Text("relation") is not "self").Id();

    public static async Task<Guid> Account(this HttpClient client) => (await client.Get("/api/v1/me")).Id("userId");

    internal static Task<T> Db<T>(this PortalApp app, Func<MessagingDb, Task<T>> look) =>
        app.Inside(services => look(services.GetRequiredService<MessagingDb>()));

    internal static Task Change(this PortalApp app, Func<MessagingDb, Task> change) => app.Db(async db =>
    {
        await change(db);
        await db.Save(CancellationToken.None);
        return true;
    });

    /// <summary>Announces news as its own module would, and waits until everybody has it.</summary>
    public static async Task Hear(this PortalApp app, MediatR.INotification news, Guid? subject = null)
    {
        await app.Change(db =>
        {
            db.Announce(news, subject);
            return Task.CompletedTask;
        });
        await app.CourierIsIdle();
    }
}
