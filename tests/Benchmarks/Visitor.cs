using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using PatientPortal.Synthetic;

namespace PatientPortal.Benchmarks;

/// <summary>Somebody with an account, and what they were given to ask for.</summary>
internal sealed partial class Visitor(string userName)
{
    public string UserName => userName;
    public string Token { get; private set; } = "";
    public string Cookie { get; private set; } = "";

    public static string SignInBody(string userName) => $$"""{"username":"{{userName}}","password":"{{Cast.Password}}"}""";

    /// <summary>Signs in through the API.</summary>
    public async Task SignIn(Connection connection)
    {
        var answer = await Json(connection, Request.Post("/api/v1/sign-in", SignInBody(userName)), 200);
        Token = answer.GetProperty("accessToken").GetString()!;
    }

    /// <summary>Signs in as a browser does: the form's hidden fields, then its cookies.</summary>
    public async Task SignInByForm(Connection connection)
    {
        if (await connection.Send(Request.Get("/sign-in", accept: "text/html")) is not 200) throw new InvalidOperationException("The sign-in page did not answer.");
        var html = System.Text.Encoding.UTF8.GetString(connection.Body());
        var cookies = connection.Headers("Set-Cookie").Select(c => c.Split(';')[0]).ToList();
        var fields = new List<string>();
        foreach (Match input in Inputs().Matches(html[html.LastIndexOf("<form", html.IndexOf("type=\"password\"", StringComparison.Ordinal), StringComparison.Ordinal)..]))
        {
            var (name, type, value) = (Attribute(input.Value, "name"), Attribute(input.Value, "type"), Attribute(input.Value, "value"));
            if (name.Length is 0) continue;
            fields.Add($"{Uri.EscapeDataString(name)}={Uri.EscapeDataString(type switch
            {
                "password" => Cast.Password, "hidden" => WebUtility.HtmlDecode(value),
                _ => name.Contains("user", StringComparison.OrdinalIgnoreCase) ? userName : "",
            })}");
        }
        var status = await connection.Send(Request.Form("/sign-in", string.Join('&', fields), string.Join("; ", cookies)));
        cookies.AddRange(connection.Headers("Set-Cookie").Select(c => c.Split(';')[0]));
        Cookie = string.Join("; ", cookies);
        if (status is not (302 or 303)) throw new InvalidOperationException($"The sign-in form answered {status}.");
    }

    public Task<JsonElement> Get(Connection connection, string path) => Json(connection, Request.Get(path, Token), 200);

    public Task<JsonElement> Post(Connection connection, string path, string body, string key) => Json(connection, Request.Post(path, body, Token, key), 201);

    static async Task<JsonElement> Json(Connection connection, byte[] request, int expected)
    {
        var status = await connection.Send(request);
        var body = connection.Body();
        if (status != expected) throw new InvalidOperationException($"{System.Text.Encoding.UTF8.GetString(request).Split('\r')[0]}: {status} {System.Text.Encoding.UTF8.GetString(body)}");
        return JsonDocument.Parse(body).RootElement;
    }

    static string Attribute(string tag, string name) => Regex.Match(tag, $"\\s{name}=\"([^\"]*)\"").Groups[1].Value;

    [GeneratedRegex("<input[^>]*>")]
    private static partial Regex Inputs();
}
