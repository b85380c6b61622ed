using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using PatientPortal.Synthetic;

namespace PatientPortal.Benchmarks;

/// <summary>
/// <c>-- sign-in</c>: whether the time and the bytes of an answer tell who has an account (200 tries each), and what credential stuffing gets: a thousand
/// accounts tried from one address, one account tried from a thousand addresses. Every visitor has a loopback address of its own (127.a.b.c).
/// </summary>
internal static partial class SignInScale
{
    const int Tries = 200, Accounts = 1_000, Patients = 1_600;
    const string Firefox = "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0";

    public static async Task<int> Run(string root, string host)
    {
        var options = Options.Parse(["--patients", Patients.ToString(CultureInfo.InvariantCulture), "--folder", Path.Combine(root, "artifacts", "benchmarks", "sign-in")], root);
        var clinic = await BigClinic.Ensure(options, Patients);
        var run = Path.Combine(options.Folder, "run");
        if (Directory.Exists(run)) Directory.Delete(run, recursive: true);
        Directory.CreateDirectory(run);
        foreach (var file in Directory.GetFiles(clinic.Folder)) File.Copy(file, Path.Combine(run, Path.GetFileName(file)));

        await using var portal = await ServerProcess.Start(host, [], BigClinic.Settings(run), "/health/ready");
        var site = new Uri($"http://127.0.0.1:{portal.Port}");
        var told = await SameAnswers(site);
        await OneAddress(site);
        await OneAccount(site);
        return told ? 1 : 0;
    }

    /// <summary>True when an answer tells who has an account.</summary>
    static async Task<bool> SameAnswers(Uri site)
    {
        (string Name, string Path, Func<string, object> Body)[] doors =
        [
            ("signing in with a wrong password", "/api/v1/sign-in", name => new { username = name, password = "not the password at all" }),
            ("a forgotten password", "/api/v1/password/forgot", name => new { username = name }),
        ];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{"answers, " + Tries + " tries each",-36} {"known p50",10} {"unknown p50",12} {"known p95",10} {"unknown p95",12} {"z",6}  bytes"));
        var told = false;
        foreach (var (name, path, body) in doors)
        {
            var (known, unknown) = (new List<double>(), new List<double>());
            var bytes = new HashSet<string>();
            for (var i = -10; i < Tries; i++)
            {
                // Which of the two comes first changes from pair to pair.
                foreach (var real in i % 2 == 0 ? new[] { true, false } : [false, true])
                {
                    using var client = From(site, 1, Math.Abs(i) / 200, Math.Abs(i) % 200 + (real ? 1 : 0));
                    // The connection is not part of what is measured.
                    using var _ = await client.GetAsync("/health/live");
                    var watch = Stopwatch.StartNew();
                    using var answer = await client.PostAsJsonAsync(path, body(real ? $"patient{i + 11}" : $"somebody{i + 11}"));
                    var text = await answer.Content.ReadAsStringAsync();
                    var took = watch.Elapsed.TotalMilliseconds;
                    if (i < 0) continue;
                    (real ? known : unknown).Add(took);
                    bytes.Add($"{(int)answer.StatusCode} {string.Join(',', answer.Headers.Select(h => h.Key))} {Trace().Replace(text, "")}");
                }
            }
            var z = MannWhitney(known, unknown);
            var differs = Math.Abs(z) > 2.58 || bytes.Count > 1;
            told |= differs;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{name,-36} {At(known, .5),10:0.0} {At(unknown, .5),12:0.0} {At(known, .95),10:0.0} {At(unknown, .95),12:0.0} {z,6:0.00}  {(bytes.Count is 1 ? "the same" : $"{bytes.Count} kinds")}{(differs ? "  <-- differs" : "")}"));
        }
        Console.WriteLine("z: Mann-Whitney; beyond 2.58 the two differ (p < 0.01).\n");
        return told;
    }

    static async Task OneAddress(Uri site)
    {
        // Somebody who used this network before, in a browser of theirs.
        using var known = await KnownBrowser(site, "patient1300", (9, 9, 9));
        var (checkedAt, held) = (0, 0);
        var felt = new ConcurrentDictionary<string, List<double>>();
        using var enough = new CancellationTokenSource();
        var others = Task.WhenAll(
            Feel("elsewhere", i => SignsIn(site, $"patient{1400 + i % 100}", (8, 8, 1 + i % 200)), felt, enough.Token),
            Feel("same address, known browser", _ => SignsIn(known, "patient1300"), felt, enough.Token),
            Feel("same address, new browser (until in)", i => UntilIn(site, $"patient{1310 + i % 80}", (9, 9, 9)), felt, enough.Token));
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(Enumerable.Range(1, Accounts), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (n, ct) =>
        {
            using var thief = From(site, 9, 9, 9);
            using var answer = await thief.PostAsJsonAsync("/api/v1/sign-in", new { username = $"patient{n}", password = "Summer-2026-guess" }, ct);
            if (answer.StatusCode is HttpStatusCode.Unauthorized) Interlocked.Increment(ref checkedAt); else Interlocked.Increment(ref held);
        });
        var took = watch.Elapsed;
        await enough.CancelAsync();
        await others;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"One address, {Accounts:N0} accounts, 16 at once: {took.TotalSeconds:0.0} s, {checkedAt} passwords looked at, {held} tries turned away. What real people felt meanwhile:"));
        Say(felt);
    }

    static async Task OneAccount(Uri site)
    {
        const string victim = "patient1500";
        using var known = await KnownBrowser(site, victim, (7, 7, 7));
        var (checkedAt, held) = (0, 0);
        var felt = new ConcurrentDictionary<string, List<double>>();
        using var enough = new CancellationTokenSource();
        var others = Task.WhenAll(
            Feel("the owner, known browser", _ => SignsIn(known, victim), felt, enough.Token),
            Feel("the owner, new browser", i => SignsIn(site, victim, (7, 8, 1 + i % 200)), felt, enough.Token),
            Feel("somebody else", i => SignsIn(site, $"patient{1400 + i % 90}", (8, 7, 1 + i % 200)), felt, enough.Token));
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(Enumerable.Range(0, 1_000), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (n, ct) =>
        {
            using var thief = From(site, 20 + n / 250, 1, 1 + n % 250);
            using var answer = await thief.PostAsJsonAsync("/api/v1/sign-in", new { username = victim, password = $"guess number {n}" }, ct);
            var code = (await answer.Content.ReadFromJsonAsync<JsonElement>(ct)).GetProperty("code").GetString();
            if (code is "invalid_credentials") Interlocked.Increment(ref checkedAt); else Interlocked.Increment(ref held);
        });
        var took = watch.Elapsed;
        await enough.CancelAsync();
        await others;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"One account, 1,000 addresses, 16 at once: {took.TotalSeconds:0.0} s, {checkedAt} passwords looked at, {held} tries turned away. What real people felt meanwhile:"));
        Say(felt);
    }

    static void Say(ConcurrentDictionary<string, List<double>> felt)
    {
        foreach (var (who, times) in felt.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            var got = times.Where(t => t >= 0).ToList();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {who,-40} signed in {got.Count} of {times.Count} times{(got.Count > 0 ? $", p50 {At(got, .5):0} ms, longest {got.Max():0} ms" : "")}"));
        }
        Console.WriteLine();
    }

    /// <summary>Somebody who tries twice a second; minus one for a try that was turned away.</summary>
    static async Task Feel(string who, Func<int, Task<bool>> signIn, ConcurrentDictionary<string, List<double>> felt, CancellationToken enough)
    {
        var times = felt.GetOrAdd(who, _ => []);
        for (var i = 0; !enough.IsCancellationRequested; i++)
        {
            var watch = Stopwatch.StartNew();
            var isIn = await signIn(i);
            times.Add(isIn ? watch.Elapsed.TotalMilliseconds : -1);
            try { await Task.Delay(500, enough); } catch (OperationCanceledException) { }
        }
    }

    static async Task<bool> SignsIn(Uri site, string who, (int, int, int) from)
    {
        using var client = From(site, from.Item1, from.Item2, from.Item3);
        using var answer = await client.PostAsJsonAsync("/api/v1/sign-in", new { username = who, password = Cast.Password });
        return answer.IsSuccessStatusCode;
    }

    /// <summary>As a person does who is told to wait a moment: at most 30 s.</summary>
    static async Task<bool> UntilIn(Uri site, string who, (int, int, int) from)
    {
        for (var tries = 0; tries < 30; tries++)
        {
            if (await SignsIn(site, who, from)) return true;
            await Task.Delay(1000);
        }
        return false;
    }

    /// <summary>Signs in on the page, in a browser that was there before and closed its session.</summary>
    static async Task<bool> SignsIn(Browser browser, string who)
    {
        browser.Leave();
        var page = await browser.Send(new(HttpMethod.Get, "/sign-in"));
        var text = await page.Content.ReadAsStringAsync();
        var form = text[text.LastIndexOf("<form", text.IndexOf("type=\"password\"", StringComparison.Ordinal), StringComparison.Ordinal)..];
        var fields = Hidden().Matches(form).ToDictionary(m => m.Groups[1].Value, m => WebUtility.HtmlDecode(m.Groups[2].Value));
        (fields["Form.Username"], fields["Form.Password"]) = (who, Cast.Password);
        return (await browser.Send(new(HttpMethod.Post, "/sign-in") { Content = new FormUrlEncodedContent(fields) })).StatusCode is HttpStatusCode.Redirect;
    }

    static async Task<Browser> KnownBrowser(Uri site, string who, (int, int, int) from)
    {
        var browser = new Browser(site, from);
        if (!await SignsIn(browser, who)) throw new InvalidOperationException($"{who} can't sign in.");
        return browser;
    }

    static HttpClient From(Uri site, int a, int b, int c) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false, UseCookies = false,
        ConnectCallback = async (_, ct) =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(new IPAddress([127, (byte)a, (byte)b, (byte)c]), 0));
            await socket.ConnectAsync(IPAddress.Loopback, site.Port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        },
    }) { BaseAddress = site };

    /// <summary>Sends its cookies on plain HTTP too: loopback has no other, and the portal marks them for HTTPS alone.</summary>
    sealed class Browser(Uri site, (int A, int B, int C) from) : IDisposable
    {
        readonly Dictionary<string, string> cookies = [];
        readonly HttpClient client = From(site, from.A, from.B, from.C);

        public async Task<HttpResponseMessage> Send(HttpRequestMessage request)
        {
            request.Headers.UserAgent.ParseAdd(Firefox);
            if (cookies.Count > 0) request.Headers.Add("Cookie", string.Join("; ", cookies.Select(c => $"{c.Key}={c.Value}")));
            var answer = await client.SendAsync(request);
            if (answer.Headers.TryGetValues("Set-Cookie", out var set))
                foreach (var pair in set.Select(s => s.Split(';')[0].Split('=', 2))) cookies[pair[0]] = pair[1];
            return answer;
        }

        public void Leave()
        {
            foreach (var name in cookies.Keys.Where(n => !n.EndsWith("device", StringComparison.Ordinal)).ToList()) cookies.Remove(name);
        }

        public void Dispose() => client.Dispose();
    }

    static double At(List<double> values, double share) => values.Order().ElementAt((int)(share * (values.Count - 1)));

    /// <summary>How far two samples are from one distribution, in standard deviations of the rank sum.</summary>
    static double MannWhitney(List<double> a, List<double> b)
    {
        var ranks = a.Select(v => (Value: v, IsA: true)).Concat(b.Select(v => (Value: v, IsA: false))).OrderBy(p => p.Value).Select((p, rank) => (p.IsA, Rank: rank + 1.0));
        var (n, m) = ((double)a.Count, (double)b.Count);
        var u = ranks.Where(r => r.IsA).Sum(r => r.Rank) - n * (n + 1) / 2;
        return (u - n * m / 2) / Math.Sqrt(n * m * (n + m + 1) / 12);
    }

    [GeneratedRegex("\"traceId\":\"[^\"]*\"")]
    private static partial Regex Trace();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();
}
