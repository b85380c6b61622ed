using System.Net;
using System.Net.Http.Json;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PatientPortal.Kernel.Access;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Host.Tests.Hosting;

/// <summary>Sweeps over the endpoint list: every route that is, and every one that will be.</summary>
public sealed partial class DoorsTests(PortalApp app) : IClassFixture<PortalApp>
{
    sealed record Route(string Method, string Pattern, Audience? Audience)
    {
        public bool IsApi => Pattern.StartsWith("/api/", StringComparison.Ordinal) || Pattern.StartsWith("/fhir/", StringComparison.Ordinal);
    }

    IReadOnlyList<Route> Routes =>
    [
        .. from endpoint in app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
           where endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.StaticAssets.StaticAssetDescriptor>() is null
           let pattern = "/" + endpoint.RoutePattern.RawText!.TrimStart('/')
           from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
           where method is not "HEAD" and not "OPTIONS"
           select new Route(method, pattern, endpoint.Metadata.GetMetadata<IAudience>()?.Audience),
    ];

    [Fact]
    public void every_route_and_page_says_for_whom_it_is()
    {
        Routes.Count.ShouldBeGreaterThan(80);
        // The framework's own, guarded by the fallback policy: its script is not shipped, and files beside the static assets exist in development only.
        Routes.Where(r => r.Audience is null && !r.Pattern.StartsWith("/_", StringComparison.Ordinal) && r.Pattern is not "/{**path:file}").Select(r => $"{r.Method} {r.Pattern}").Distinct().ShouldBeEmpty();
    }

    [Fact]
    public async Task every_route_but_those_for_everyone_answers_401_or_the_sign_in_page_without_a_token()
    {
        using var nobody = app.Anonymous();
        var wrong = new List<string>();
        foreach (var route in Routes.Where(r => r.Audience is not Audience.Everyone and not null))
        {
            var answer = await Send(nobody, route.Method, Fill(route.Pattern, Guid.CreateVersion7().ToString()));
            var right = route.IsApi
                ? answer.StatusCode is HttpStatusCode.Unauthorized && answer.Content.Headers.ContentType?.MediaType is "application/problem+json"
                : answer.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.Found && answer.Headers.Location!.ToString().Contains("/sign-in");
            if (!right) wrong.Add($"{route.Method} {route.Pattern} -> {(int)answer.StatusCode}");
        }
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task patients_are_kept_out_of_the_staffs_routes_and_staff_out_of_the_patients()
    {
        var (maria, nurse) = (await app.SignInAs("maria"), await app.SignInAs("nurse"));
        var wrong = new List<string>();
        foreach (var route in Routes.Where(r => r.IsApi && r.Audience is Audience.Staff or Audience.Patients))
        {
            var wrongOne = route.Audience is Audience.Staff ? maria : nurse;
            var answer = await Send(wrongOne, route.Method, Fill(route.Pattern, Guid.CreateVersion7().ToString()));
            if (answer.StatusCode is not (HttpStatusCode.Forbidden or HttpStatusCode.NotFound)) wrong.Add($"{route.Method} {route.Pattern} -> {(int)answer.StatusCode}");
        }
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task another_patients_id_and_an_unknown_one_get_the_same_404_on_every_route()
    {
        var (maria, james) = (await app.SignInAs("maria"), await app.SignInAs("james"));
        var (theirs, unknown) = (await PortalApp.OwnChart(james), Guid.CreateVersion7());
        var routes = Routes.Where(r => r.IsApi && r.Audience is Audience.Patients).ToList();
        routes.Count.ShouldBeGreaterThan(25);
        var wrong = new List<string>();
        foreach (var route in routes)
        {
            var (one, other) = (await Send(maria, route.Method, Fill(route.Pattern, theirs.ToString())), await Send(maria, route.Method, Fill(route.Pattern, unknown.ToString())));
            if (one.StatusCode is not HttpStatusCode.NotFound || other.StatusCode is not HttpStatusCode.NotFound || await Body(one) != await Body(other))
                wrong.Add($"{route.Method} {route.Pattern} -> {(int)one.StatusCode}, {(int)other.StatusCode}");
        }
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task another_patients_things_under_ones_own_id_are_not_found()
    {
        var maria = await app.SignInAs("maria");
        var wrong = new List<string>();
        foreach (var route in Routes.Where(r => r.IsApi && r.Audience is Audience.Patients && Parameters().Count(r.Pattern) > 1))
        {
            var answer = await Send(maria, route.Method, Fill(route.Pattern, "me"));
            // A body that fits no slice is 400 before anything is looked for.
            if (answer.StatusCode is not (HttpStatusCode.NotFound or HttpStatusCode.BadRequest)) wrong.Add($"{route.Method} {route.Pattern} -> {(int)answer.StatusCode}");
        }
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task what_a_client_sends_is_never_answered_with_500()
    {
        var wrong = new List<string>();
        var staff = await app.SignInAs("admin");
        var doctor = await app.SignInAs("drlee");
        var maria = await app.SignInAs("maria");
        using var nobody = app.Anonymous();
        foreach (var route in Routes.Where(r => r.IsApi && r.Audience is not Audience.Apps))
        {
            var client = route.Audience switch { Audience.Staff => staff, Audience.Everyone => nobody, _ => maria };
            foreach (var id in new[] { "me", "x", "%27", new string('a', 300) })
                foreach (var body in route.Method is "GET" ? new string?[] { null } : [null, "", "{", "[]", "{\"reason\":5,\"body\":{}}", "{\"slot\":\"" + new string('x', 5000) + "\"}"])
                {
                    // The synthetic staff member's own session stays alive.
                    if (route.Pattern.Contains("sign-out") || route.Pattern.Contains("/run")) continue;
                    var answer = await Send(client, route.Method, Fill(route.Pattern, id) + (route.Method is "GET" ? "?limit=x&cursor=%27&from=yesterday&query=%27" : ""), body);
                    if (answer.StatusCode is HttpStatusCode.Forbidden && client == staff) answer = await Send(doctor, route.Method, Fill(route.Pattern, id), body);
                    if ((int)answer.StatusCode >= 500) wrong.Add($"{route.Method} {route.Pattern} id={id[..Math.Min(5, id.Length)]} body={body?[..Math.Min(20, body.Length)]} -> {(int)answer.StatusCode}");
                }
        }
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task the_wrong_method_is_405_the_wrong_content_415_and_no_route_404_before_anybody_is_asked_to_sign_in()
    {
        using var nobody = app.Anonymous();
        var maria = await app.SignInAs("maria");
        var takesJson = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<IAcceptsMetadata>() is { IsOptional: false } takes && takes.ContentTypes.Contains("application/json")).ToList();
        takesJson.Count.ShouldBeGreaterThan(10);
        foreach (var client in new[] { nobody, maria })
        {
            foreach (var endpoint in takesJson)
            {
                var method = endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods[0];
                var path = Fill("/" + endpoint.RoutePattern.RawText!.TrimStart('/'), Guid.CreateVersion7().ToString());
                foreach (var type in new[] { "text/plain", "application/x-www-form-urlencoded" })
                    await ShouldBe(await SendAs(client, method, path, type), HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
            }
            var wrong = await Send(client, "DELETE", "/api/v1/patients/me/threads");
            await ShouldBe(wrong, HttpStatusCode.MethodNotAllowed, "method_not_allowed");
            foreach (var method in new[] { "GET", "POST" }) wrong.Content.Headers.Allow.ShouldContain(method);
            foreach (var path in new[] { "/api/v1/nothing", "/api", "/api/docs/nothing", "/fhir/r4/nothing" }) await ShouldBe(await Send(client, "GET", path), HttpStatusCode.NotFound, "not_found");
        }

        // Without any, routing lets a route see for itself when another method of the same address takes no content: the route knows who asks by then.
        await ShouldBe(await SendAs(nobody, "POST", "/api/v1/sign-in", null), HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
        await ShouldBe(await SendAs(maria, "POST", "/api/v1/patients/me/threads", null), HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");

        static Task<HttpResponseMessage> SendAs(HttpClient client, string method, string path, string? type)
        {
            var request = new HttpRequestMessage(new(method), path) { Content = new StringContent("{}") };
            request.Content.Headers.ContentType = type is null ? null : new(type);
            return client.SendAsync(request);
        }

        static async Task ShouldBe(HttpResponseMessage answer, HttpStatusCode status, string code)
        {
            answer.StatusCode.ShouldBe(status, answer.RequestMessage!.RequestUri!.ToString());
            (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString().ShouldBe(code);
        }
    }

    [Fact]
    public async Task whatever_stands_in_a_pages_address_is_never_answered_with_500()
    {
        var (maria, admin, doctor) = (await app.SignInAs("maria"), await app.SignInAs("admin"), await app.SignInAs("drlee"));
        var asked =
            from endpoint in app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            let page = endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Components.Endpoints.ComponentTypeMetadata>()?.Type
            where page is not null
            from property in page.GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            let query = property.GetCustomAttribute<Microsoft.AspNetCore.Components.SupplyParameterFromQueryAttribute>()
            where query is not null
            select (Path: Fill("/" + endpoint.RoutePattern.RawText!.TrimStart('/'), "x"), Name: query.Name ?? property.Name, endpoint.Metadata.GetMetadata<IAudience>()?.Audience);
        var all = asked.Distinct().ToList();
        all.Count.ShouldBeGreaterThan(20);
        var wrong = new List<string>();
        foreach (var (path, name, audience) in all)
            foreach (var value in new[] { "x", "-1", "9999-12-31", "0001-01-01", "a%00b", "%27%22%3C" })
                foreach (var client in audience is Audience.Staff ? new[] { admin, doctor } : [maria])
                    if ((int)(await client.GetAsync($"{path}?{name}={value}")).StatusCode is var status && status >= 500) wrong.Add($"{path}?{name}={value} -> {status}");
        wrong.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("/api/v1/patients/me/appointments?from=0001-01-01&to=9999-12-31")]
    [InlineData("/api/v1/patients/me/results?from=0001-01-01&to=9999-12-31")]
    [InlineData("/api/v1/patients/me/results/trend?code=718-7&from=0001-01-01&to=9999-12-31")]
    [InlineData("/api/v1/staff/audit?from=0001-01-01&to=9999-12-31")]
    public async Task from_the_first_to_the_last_day_of_the_calendar_is_everything(string path) =>
        (await (await app.SignInAs(path.Contains("/staff/") ? "admin" : "maria")).GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.OK);

    [Theory]
    [InlineData("/api/v1/staff/accounts?query=a%00b")]
    [InlineData("/api/v1/staff/patients?query=a%00b")]
    [InlineData("/api/v1/patients/me/results/trend?code=a%00b")]
    [InlineData("/api/v1/sign-in")]
    public async Task a_zero_in_a_text_is_no_trouble_on_either_engine(string path)
    {
        using var nobody = app.Anonymous();
        var answer = path.EndsWith("sign-in", StringComparison.Ordinal)
            ? await nobody.PostAsJsonAsync(path, new { username = "ma\0ria", password = PortalApp.Password })
            : await (await app.SignInAs(path.Contains("/staff/") ? "admin" : "maria")).GetAsync(path);
        ((int)answer.StatusCode).ShouldBeInRange(200, 499);
        if (path.EndsWith("sign-in", StringComparison.Ordinal)) answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task a_page_of_somebody_elses_record_says_that_nothing_is_there()
    {
        var james = await app.SignInAs("james");
        var aisha = await PortalApp.OwnChart(await app.SignInAs("aisha"));
        foreach (var path in new[] { $"/for/{aisha}/results", $"/for/{Guid.CreateVersion7()}/results", $"/for/{aisha}/nowhere", $"/for/{aisha}/account" })
        {
            var answer = await james.GetAsync(path);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
            var page = await answer.Content.ReadAsStringAsync();
            page.ShouldContain("There is nothing at this address");
            page.ShouldNotContain("Aisha");
        }
    }

    /// <summary>Each body and each answer has a schema of its own: two types of one name would be described as one of them.</summary>
    [Fact]
    public async Task the_openapi_document_describes_every_type_under_a_name_of_its_own()
    {
        var name = app.Services.GetRequiredService<Microsoft.Extensions.Options.IOptionsMonitor<Microsoft.AspNetCore.OpenApi.OpenApiOptions>>().Get("v1").CreateSchemaReferenceId;
        var options = app.Services.GetRequiredService<Microsoft.Extensions.Options.IOptions<Microsoft.AspNetCore.Http.Json.JsonOptions>>().Value.SerializerOptions;
        var names = new Dictionary<string, HashSet<Type>>();
        var toSee = new Stack<Type>(
            from endpoint in app.Services.GetRequiredService<EndpointDataSource>().Endpoints
            from type in endpoint.Metadata.OfType<IAcceptsMetadata>().Select(a => a.RequestType).Concat(endpoint.Metadata.OfType<IProducesResponseTypeMetadata>().Select(a => a.Type))
            where type is not null && type != typeof(void)
            select type);
        var seen = new HashSet<Type>();
        while (toSee.TryPop(out var type))
        {
            if (!seen.Add(type) || options.GetTypeInfo(type) is not { } info) continue;
            if (info.ElementType is { } element) toSee.Push(element);
            foreach (var property in info.Properties) toSee.Push(property.PropertyType);
            if (info.Kind is System.Text.Json.Serialization.Metadata.JsonTypeInfoKind.Object && name(info) is { } id) (names.TryGetValue(id, out var types) ? types : names[id] = []).Add(type);
        }
        names.Count.ShouldBeGreaterThan(150);
        names.Where(n => n.Value.Count > 1).Select(n => $"{n.Key}: {string.Join(", ", n.Value)}").ShouldBeEmpty();
        using var document = JsonDocument.Parse(await app.Anonymous().GetStringAsync("/openapi/v1.json"));
        var queried = document.RootElement.GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject()).Where(o => o.Value.TryGetProperty("parameters", out _))
            .SelectMany(o => o.Value.GetProperty("parameters").EnumerateArray()).Select(p => p.GetProperty("name").GetString()!).ToList();
        queried.ShouldContain("visitType");
        queried.ShouldAllBe(n => char.IsLower(n[0]) || n.Contains('-'));
    }

    [Fact]
    public async Task a_cookie_alone_changes_nothing_through_the_api()
    {
        using var browser = app.Browser();
        var page = await new HtmlParser().ParseDocumentAsync(await browser.GetStringAsync("/sign-in"));
        var form = page.Forms.Single(f => f.QuerySelector("input[type=password]") is not null);
        var fields = form.QuerySelectorAll<IHtmlInputElement>("input").Where(i => i.Name is not null).ToDictionary(i => i.Name!, i => i.Value);
        fields[form.QuerySelector<IHtmlInputElement>("input[autocomplete=username]")!.Name!] = "maria";
        fields[form.QuerySelector<IHtmlInputElement>("input[type=password]")!.Name!] = PortalApp.Password;
        var signedIn = await browser.PostAsync("/sign-in", new FormUrlEncodedContent(fields));
        signedIn.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await browser.GetAsync("/api/v1/me")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var answer = await browser.PostAsJsonAsync("/api/v1/patients/me/threads", new { team = "x", topic = "x", subject = "x", body = "x" });
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    static string Fill(string pattern, string patient) =>
        Parameters().Replace(pattern, m => m.Groups[1].Value switch
        {
            "patient" => patient,
            "documentName" => "v1",
            "seq" => "999999999",
            "number" => "1",
            _ => Guid.CreateVersion7().ToString(),
        });

    static async Task<HttpResponseMessage> Send(HttpClient client, string method, string path, string? body = "{}")
    {
        using var request = new HttpRequestMessage(new(method), path);
        if (method is not "GET" && body is not null) request.Content = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        return await client.SendAsync(request);
    }

    static async Task<string> Body(HttpResponseMessage answer)
    {
        using var body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        return string.Join(";", body.RootElement.EnumerateObject().Where(p => p.Name is not "traceId").Select(p => p.ToString()));
    }

    [GeneratedRegex(@"\{\*{0,2}([A-Za-z]+)[^}]*\}")]
    private static partial Regex Parameters();
}
