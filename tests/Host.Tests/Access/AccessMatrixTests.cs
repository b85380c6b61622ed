using System.Net;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using PatientPortal.Kernel.Access;
using PatientPortal.Testing;
using Shouldly;
using Xunit;

namespace PatientPortal.Host.Tests.Access;

/// <summary>
/// Every kind of actor against every route and page, held against one declared table (<c>doors.txt</c>). What is asked is whether the request comes
/// through to its handler: whose thing an id then names is the sweeps' question. A route without a line in the table fails, and so does a line without a route.
/// </summary>
public sealed partial class AccessMatrixTests(GatedPortal gated) : IClassFixture<GatedPortal>
{
    /// <summary>One line of the table.</summary>
    /// <param name="Needs">A scope or permission; "-" when the door is all; several with "|" when any of them shows something.</param>
    /// <param name="Still">True when nothing is read or done by opening it: a form, a text.</param>
    sealed record Line(string Method, string Pattern, string Audience, string Needs, bool Still)
    {
        public bool IsApi => Pattern.StartsWith("/api/", StringComparison.Ordinal) || Pattern.StartsWith("/fhir/", StringComparison.Ordinal);

        public bool IsMet(IReadOnlySet<string> held) => Needs is "-" || Needs.Split('|').Any(n => held.Contains(n) || held.Contains("*"));

        public override string ToString() => $"{Method} {Pattern}";
    }

    static IReadOnlyList<Line> Table { get; } =
    [
        .. from text in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Access", "doors.txt"))
           where text.Length > 0 && !text.StartsWith('#')
           let words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries)
           select new Line(words[0], words[1], words[2], words[3], words.Length > 4 && words[4] is "still"),
    ];

    IEnumerable<(string Method, string Pattern, Audience Audience)> Routes =>
        from endpoint in gated.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let audience = endpoint.Metadata.GetMetadata<IAudience>()?.Audience
        where audience is not null && endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.StaticAssets.StaticAssetDescriptor>() is null
        let page = endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Components.Endpoints.ComponentTypeMetadata>() is not null
        from method in page ? ["GET"] : endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        where method is not "HEAD" and not "OPTIONS"
        select (method, "/" + endpoint.RoutePattern.RawText!.TrimStart('/'), audience.Value);

    [Fact]
    public void every_route_has_a_line_and_every_line_a_route()
    {
        var (routes, lines) = (Routes.Select(r => $"{r.Method} {r.Pattern} {r.Audience.ToString().ToLowerInvariant()}").ToHashSet(), Table.Select(l => $"{l.Method} {l.Pattern} {l.Audience}").ToHashSet());
        routes.Count.ShouldBeGreaterThan(150);
        routes.Except(lines).Order().ShouldBeEmpty("Routes that doors.txt does not know: say for whom each is.");
        lines.Except(routes).Order().ShouldBeEmpty("Lines of doors.txt that no route has.");
        Table.Count.ShouldBe(lines.Count, "A line stands twice.");
    }

    [Fact]
    public async Task nobody_who_has_not_signed_in_comes_through() => await Sweep("somebody who has not signed in", gated.App.Anonymous(), line => line.Audience is "everyone" ? Expected.In : Expected.SignIn);

    [Fact]
    public async Task a_patient_comes_to_what_is_theirs() => await Sweep("the patient", await gated.App.SignInAs("maria"), line => line.Audience switch
    {
        "everyone" or "members" or "patients" => Expected.In,
        _ => Expected.WrongAudience,
    });

    [Fact]
    public async Task another_patient_comes_to_nothing_of_theirs() => await Sweep("another patient", await gated.App.SignInAs("aisha"), line => line.Audience switch
    {
        "everyone" or "members" => Expected.In,
        "patients" => Expected.NotFound,
        _ => Expected.WrongAudience,
    });

    [Theory]
    [InlineData("appointments")]
    [InlineData("records")]
    [InlineData("messages")]
    [InlineData("medications")]
    public async Task a_proxy_comes_to_what_their_scope_says(string scope) => await Sweep($"a proxy with {scope}", await gated.Proxy(scope), line => line.Audience switch
    {
        "everyone" or "members" => Expected.In,
        "patients" => line.IsMet(new HashSet<string> { scope }) ? Expected.In : Expected.Missing,
        _ => Expected.WrongAudience,
    });

    /// <summary>With the ids of things that are really there: a result, a visit, a conversation, a file, each by its own address.</summary>
    [Theory]
    [InlineData("appointments")]
    [InlineData("records")]
    [InlineData("messages")]
    [InlineData("medications")]
    public async Task R30_every_detail_file_and_letter_outside_a_proxys_scope_stays_shut_and_those_within_open(string scope)
    {
        var (client, held) = (await gated.Proxy(scope), new HashSet<string> { scope });
        var ids = (await OwnedRows.Things(gated.App, gated.Maria)).Select(t => t.Id.ToString()).ToList();
        var (wrong, opened, shut) = (new List<string>(), 0, 0);
        foreach (var line in Table.Where(l => l is { Audience: "patients", Method: "GET" } && Parameters().Matches(l.Pattern).Any(m => m.Groups[1].Value is not "patient")))
            foreach (var id in ids)
            {
                var (status, words) = await Read(id);
                if (line.IsMet(held)) opened += status is 200 ? 1 : 0;
                // Some pages say it in their own words, and no other words for what is there than for what is not.
                else if (status is 403 or 404 || !line.IsApi && status is 200 && words == (await Read(Guid.CreateVersion7().ToString())).Words) shut++;
                else wrong.Add($"{line} -> {status} {words}");

                async Task<(int Status, string Words)> Read(string of)
                {
                    var path = Parameters().Replace(line.Pattern, m => m.Groups[1].Value is "patient" ? gated.Maria.ToString() : of);
                    using var answer = await client.GetAsync(line.IsApi ? path : $"/for/{gated.Maria}{path}");
                    if (line.IsApi || answer.StatusCode is not HttpStatusCode.OK) return ((int)answer.StatusCode, "");
                    using var page = await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync());
                    return (200, Spaces().Replace(page.QuerySelector("main")!.TextContent, " ").Trim());
                }
            }
        wrong.Distinct().ShouldBeEmpty();
        shut.ShouldBeGreaterThan(50);
        opened.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task a_proxy_whose_time_is_over_comes_to_nothing() => await Sweep("a proxy whose grant has ended", await gated.Proxy("ended"), Closed);

    [Fact]
    public async Task a_proxy_who_was_revoked_while_signed_in_comes_to_nothing()
    {
        var proxy = await gated.Proxy("revoked");
        (await proxy.GetAsync($"/api/v1/patients/{gated.Maria}")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await gated.Revoke();
        await Sweep("a proxy who was revoked a moment ago", proxy, Closed);
    }

    [Theory]
    [InlineData("drlee")]
    [InlineData("nurse")]
    [InlineData("frontdesk")]
    [InlineData("pharmacist")]
    [InlineData("records")]
    [InlineData("privacy")]
    [InlineData("admin")]
    public async Task a_staff_member_comes_to_what_their_role_says(string username)
    {
        var client = await gated.App.SignInAs(username);
        var held = GatedPortal.PermissionsOf(username);
        await Sweep(username, client, line => line.Audience switch
        {
            "everyone" or "members" => Expected.In,
            // A chart opens to those who may see patients at all.
            "staff" => line.Pattern.Contains("{patient", StringComparison.Ordinal) && !held.Contains("patients") ? Expected.NotFound : line.IsMet(held) ? Expected.In : Expected.Missing,
            _ => Expected.WrongAudience,
        });
    }

    [Fact]
    public async Task a_staff_member_who_was_disabled_comes_to_nothing()
    {
        // The others' nurse stays.
        var own = new GatedPortal();
        await own.InitializeAsync();
        await using var _ = own;
        await Sweep("a disabled staff member", await own.Disabled(), line => line.Audience is "everyone" ? Expected.In : Expected.SignIn);
    }

    [Fact]
    public async Task an_apps_token_comes_through_no_door_but_that_of_apps()
    {
        var app = await gated.App.SignInAs("maria");
        app.DefaultRequestHeaders.Add(AppToken.Header, "1");
        await Sweep("an app's token", app, line => line.Audience switch
        {
            "everyone" or "apps" => Expected.In,
            _ => Expected.WrongAudience,
        });
    }

    static Expected Closed(Line line) => line.Audience switch
    {
        "everyone" or "members" => Expected.In,
        "patients" => Expected.NotFound,
        _ => Expected.WrongAudience,
    };

    enum Expected { In, SignIn, NotFound, WrongAudience, Missing }

    async Task Sweep(string actor, HttpClient client, Func<Line, Expected> expected)
    {
        var wrong = new List<string>();
        var tried = 0;
        foreach (var line in Table)
        {
            using var request = new HttpRequestMessage(new(line.Method), Fill(line));
            request.Headers.Add(GatedPortal.GateOnly, "1");
            if (line.Method is not "GET") request.Content = line.Pattern.EndsWith("/import", StringComparison.Ordinal)
                ? new StringContent("{\"resourceType\":\"Bundle\"}", new System.Net.Http.Headers.MediaTypeHeaderValue("application/fhir+json")) : new StringContent("{}", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
            using var answer = await client.SendAsync(request);
            tried++;
            var (want, reached, status) = (expected(line), gated.Came(answer, out var handlers), (int)answer.StatusCode);
            var toSignIn = answer.StatusCode is HttpStatusCode.Redirect && answer.Headers.Location?.ToString().StartsWith("/sign-in", StringComparison.Ordinal) is true;
            var right = want switch
            {
                Expected.In => line.Still ? !toSignIn && status is not (401 or 403 or 404) and < 500 : reached,
                Expected.SignIn => !reached && (line.IsApi ? status is 401 : toSignIn),
                Expected.NotFound => !reached && status is 404,
                Expected.WrongAudience => !reached && status is 403 or 404,
                // A page of several things stays, and says in their place that they are not for this reader.
                _ => !reached && (status is 403 || (!line.IsApi && status is 200)),
            };
            if (!right) wrong.Add($"{line}: should be {want}, was {status}{(reached ? " through to " + string.Join(", ", handlers) : "")}");
        }
        tried.ShouldBeGreaterThan(150);
        wrong.ShouldBeEmpty(actor);
    }

    /// <summary>Of Maria; things are named by ids of the right form.</summary>
    string Fill(Line line)
    {
        var path = Parameters().Replace(line.Pattern, m => m.Groups[1].Value.ToLowerInvariant() switch
        {
            "patient" => gated.Maria.ToString(),
            "documentname" => "v1",
            "rest" => "index.html",
            "section" => "conditions",
            "seq" or "number" or "access" or "n" => "1",
            _ => "0199aaaa-0000-7000-8000-000000000001",
        });
        // Without these it is no request for slots at all.
        if (path.EndsWith("/slots", StringComparison.Ordinal)) path += "?visitType=0199aaaa-0000-7000-8000-000000000001&from=2026-12-01&to=2026-12-07";
        return line.Audience is "patients" && !line.IsApi ? $"/for/{gated.Maria}{path}" : path;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"\{\*{0,2}([A-Za-z]+)[^}]*\}")]
    private static partial Regex Parameters();
}
