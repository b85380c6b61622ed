using System.Diagnostics;
using System.Runtime.CompilerServices;
using PatientPortal.Kernel.Access;

namespace PatientPortal.Records.Tests;

/// <summary>What these tests say again and again.</summary>
static class Charts
{
    public static CancellationToken Ct => TestContext.Current.CancellationToken;

    static int number;

    /// <summary>An id that no other test uses.</summary>
    public static string Fresh(string what = "r")
    {
        var id = $"{what}-{Interlocked.Increment(ref number)}-{Guid.CreateVersion7():N}";
        return id.Length <= 40 ? id : id[..40];
    }

    public static async Task<JsonElement> Json(this HttpClient client, string path) => await client.GetFromJsonAsync<JsonElement>(path, Ct);

    public static async Task<JsonElement> Json(this HttpResponseMessage answer) => JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync(Ct));

    public static List<JsonElement> Items(this JsonElement json) => [.. json.GetProperty("items").EnumerateArray()];

    public static string? Text(this JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.ToString() : null;

    public static async Task ShouldRefuse(this HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        answer.StatusCode.ShouldBe(status);
        (await answer.Json()).Text("code").ShouldBe(code);
    }

    /// <summary>The chart of one of the clinic's people.</summary>
    public static async Task<Guid> ChartOf(this PortalApp app, string username) => await PortalApp.OwnChart(await app.SignInAs(username));

    /// <summary>Resources arrive for a chart, as Interop would hand them over.</summary>
    public static Task<Intake> Arrives(this PortalApp app, Guid? patient, string source, params (string Type, string Id, string Json)[] resources) => app.Inside(async services =>
    {
        var db = services.GetRequiredService<RecordsDb>();
        var intake = await services.GetRequiredService<ChartWriter>().Take(patient, source, [.. resources.Select(r => new ArrivedResource(r.Type, r.Id, Encoding.UTF8.GetBytes(r.Json)))], Ct);
        await db.Save(Ct);
        return intake;
    });

    public static Task<T> Rows<T>(this PortalApp app, Func<RecordsDb, Task<T>> look) => app.Inside(services => look(services.GetRequiredService<RecordsDb>()));

    public static (string, string, string) Observation(string id, string value = "\"valueQuantity\":{\"value\":5.1,\"unit\":\"mmol/L\"}", string status = "final", string code = "2823-3", string name = "Potassium",
        string category = "laboratory", string at = "2026-11-20T08:00:00-05:00", string more = "", string subject = "p") =>
        ("Observation", id, $$"""{"resourceType":"Observation","id":"{{id}}","status":"{{status}}","category":[{"coding":[{"code":"{{category}}"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"{{code}}","display":"{{name}}"}],"text":"{{name}}"},"subject":{"reference":"Patient/{{subject}}"},"effectiveDateTime":"{{at}}",{{value}}{{more}}}""");

    public static (string, string, string) Report(string id, string[] results, string status = "final", string at = "2026-11-20T08:00:00-05:00", string more = "", string name = "Basic metabolic panel", string subject = "p") =>
        ("DiagnosticReport", id, $$"""{"resourceType":"DiagnosticReport","id":"{{id}}","status":"{{status}}","category":[{"coding":[{"code":"LAB"}]}],"code":{"text":"{{name}}"},"subject":{"reference":"Patient/{{subject}}"},"effectiveDateTime":"{{at}}","result":[{{string.Join(',', results.Select(r => $$"""{"reference":"Observation/{{r}}"}"""))}}]{{more}}}""");

    static readonly AsyncLocal<StrongBox<int>?> Counting = new();

    // Before the first context: EF remembers for a second that nobody listens, and a count begun then would miss statements.
    [ModuleInitializer]
    internal static void Listen() => DiagnosticListener.AllListeners.Subscribe(new Listeners());

    /// <summary>How many statements a handler sends to the database for one request about a chart.</summary>
    public static Task<int> Statements<TRequest, TAnswer>(this PortalApp app, Guid patient, TRequest request) => app.Inside(async services =>
    {
        services.GetRequiredService<RequestScope>().Patient = new(patient, "Somebody", "self", CurrentPatient.Everything, "America/New_York", "");
        var handler = services.GetRequiredService<Kernel.Requests.IHandle<TRequest, TAnswer>>();
        var count = new StrongBox<int>();
        Counting.Value = count;
        (await handler.Handle(request, Ct)).IsOk.ShouldBeTrue();
        Counting.Value = null;
        return count.Value;
    });

    sealed class Listeners : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(DiagnosticListener listener)
        {
            if (listener.Name is "Microsoft.EntityFrameworkCore") listener.Subscribe(this, (name, _, _) => name is "Microsoft.EntityFrameworkCore.Database.Command.CommandExecuting");
        }

        public void OnNext(KeyValuePair<string, object?> e)
        {
            if (Counting.Value is { } count) count.Value++;
        }

        public void OnCompleted() { }

        public void OnError(Exception error) { }
    }
}
