namespace PatientPortal.Benchmarks;

/// <summary>One kind of work, on the portal and on the bare machine.</summary>
/// <param name="Aim">The share of the bare figure that we want, and the one it must not fall under; at 16 connections.</param>
/// <param name="Portal">The nth request to the portal; null when there is nothing left to ask.</param>
internal sealed record Operation(
    string Name, (double Aim, double Floor)? Aim, int Expected, Func<long, ReadOnlyMemory<byte>?> Portal,
    string BareName, int BareExpected, Func<long, ReadOnlyMemory<byte>?> Bare);

/// <summary>Puts together what is asked, for visitors who have signed in.</summary>
internal static class Operations
{
    const int Minutes = 30;

    public static async Task<IReadOnlyList<Operation>> Gather(ServerProcess portal, IReadOnlyList<Visitor> visitors, DateOnly today, IReadOnlyList<string> only)
    {
        using var connection = new Connection(portal.Port);
        await connection.Open();
        var (one, results, home, pages, threads) = (new List<byte[]>(), new List<byte[]>(), new List<byte[]>(), new List<byte[]>(), new List<(Visitor, string)>());
        foreach (var visitor in visitors.Take(BigClinic.LongStories))
        {
            var appointments = await visitor.Get(connection, "/api/v1/patients/me/appointments?limit=20");
            foreach (var item in appointments.GetProperty("items").EnumerateArray())
                one.Add(Request.Get($"/api/v1/patients/me/appointments/{item.GetProperty("id").GetString()}", visitor.Token));
            results.Add(Request.Get("/api/v1/patients/me/results?limit=20", visitor.Token));
            home.Add(Request.Get("/api/v1/patients/me/home", visitor.Token));
            if (visitor.Cookie.Length > 0) pages.Add(Request.Get("/", cookie: visitor.Cookie, accept: "text/html"));
            var list = await visitor.Get(connection, "/api/v1/patients/me/threads?limit=20");
            foreach (var item in list.GetProperty("items").EnumerateArray().Where(t => t.GetProperty("status").GetString() is not "closed")) threads.Add((visitor, item.GetProperty("id").GetString()!));
        }
        var (slots, bookings) = await Slots(connection, visitors, today, wanted: only.Count is 0 || only.Any(o => "booking".Contains(o, StringComparison.OrdinalIgnoreCase)) ? 60_000 : 0);

        Operation[] all =
        [
            new("one appointment by id", (0.20, 0.12), 200, Cycle(one), "one prepared SELECT", 200, Number("/one/")),
            new("20 results of hundreds", (0.25, 0.14), 200, Cycle(results), "20 rows by index", 200, Number("/twenty/")),
            new("free slots of a week", null, 200, Cycle(slots), "20 rows by index", 200, Number("/twenty/")),
            new("home page's data", (0.16, 0.10), 200, Cycle(home), "six SELECTs", 200, Number("/six/")),
            new("home page, HTML", null, 200, Cycle(pages), "six SELECTs", 200, Number("/six/")),
            new("sending a message", (0.50, 0.35), 201, n =>
            {
                var (visitor, thread) = threads[(int)(n % threads.Count)];
                return Request.Post($"/api/v1/patients/me/threads/{thread}/messages", $$"""{"body":"Message {{n}}: thank you, I will come on Thursday and bring the list of my medicines."}""", visitor.Token, Key());
            }, "one locked durable INSERT", 201, Insert),
            new("booking", (0.50, 0.35), 201, Taking(bookings), "one locked durable INSERT", 201, Insert),
        ];
        return [.. all.Where(o => only.Count is 0 || only.Any(part => o.Name.Contains(part, StringComparison.OrdinalIgnoreCase)))];
    }

    /// <summary>Requests for a week of slots of one provider, and bookings that overlap neither each other nor what their patient has.</summary>
    static async Task<(List<byte[]> Week, List<byte[]> Bookings)> Slots(Connection connection, IReadOnlyList<Visitor> visitors, DateOnly today, int wanted)
    {
        var asker = visitors[0];
        var types = await asker.Get(connection, "/api/v1/visit-types");
        var type = Items(types).First(t => t.GetProperty("name").GetString() is "Follow-up visit").GetProperty("id").GetString();
        var providers = Items(await asker.Get(connection, "/api/v1/providers")).Select(p => p.GetProperty("id").GetString()).ToList();
        var (week, bookings, taken, turn) = (new List<byte[]>(), new List<byte[]>(), new HashSet<(Visitor, DateTimeOffset)>(), 0);
        foreach (var visitor in wanted > 0 ? visitors : [])
            foreach (var item in Items(await visitor.Get(connection, "/api/v1/patients/me/appointments?status=upcoming&limit=100")))
                Take(visitor, item.GetProperty("start").GetDateTimeOffset());

        for (var ahead = 1; ahead < 110; ahead += 7)
        {
            var (from, to) = (today.AddDays(ahead), today.AddDays(ahead + 6));
            foreach (var provider in providers)
            {
                var path = $"/api/v1/slots?visitType={type}&provider={provider}&from={from:yyyy-MM-dd}&to={to:yyyy-MM-dd}&limit=100";
                if (ahead is 8) week.Add(Request.Get(path, visitors[week.Count % visitors.Count].Token));
                if (bookings.Count >= wanted) continue;
                var free = DateTimeOffset.MinValue;
                foreach (var slot in Items(await asker.Get(connection, path)))
                {
                    var start = slot.GetProperty("start").GetDateTimeOffset();
                    if (start < free) continue;
                    var tries = 0;
                    while (tries++ < visitors.Count && IsTaken(visitors[++turn % visitors.Count], start)) { }
                    if (tries > visitors.Count) continue;
                    free = start.AddMinutes(Minutes);
                    var visitor = visitors[turn % visitors.Count];
                    Take(visitor, start);
                    bookings.Add(Request.Post("/api/v1/patients/me/appointments",
                        $$"""{"slot":"{{slot.GetProperty("id").GetString()}}","reason":"Follow-up of my blood pressure"}""", visitor.Token, Key()));
                }
            }
        }
        return (week, bookings);

        void Take(Visitor visitor, DateTimeOffset start)
        {
            for (var quarter = 0; quarter < Minutes; quarter += 15) taken.Add((visitor, start.AddMinutes(quarter).ToUniversalTime()));
        }

        bool IsTaken(Visitor visitor, DateTimeOffset start) =>
            taken.Contains((visitor, start.ToUniversalTime())) || taken.Contains((visitor, start.AddMinutes(15).ToUniversalTime()));
    }

    static IEnumerable<System.Text.Json.JsonElement> Items(System.Text.Json.JsonElement answer) =>
        (answer.ValueKind is System.Text.Json.JsonValueKind.Array ? answer : answer.GetProperty("items")).EnumerateArray();

    static string Key() => Guid.CreateVersion7().ToString("N");

    static Func<long, ReadOnlyMemory<byte>?> Cycle(List<byte[]> requests) => n => requests.Count is 0 ? null : requests[(int)(n % requests.Count)];

    /// <summary>Each request once, over all points.</summary>
    static Func<long, ReadOnlyMemory<byte>?> Taking(List<byte[]> requests)
    {
        var next = -1;
        return _ => Interlocked.Increment(ref next) is var n && n < requests.Count ? requests[n] : null;
    }

    static Func<long, ReadOnlyMemory<byte>?> Number(string path)
    {
        var requests = Enumerable.Range(0, 2000).Select(n => Request.Get($"{path}{n * 7919 % 30_000}")).ToList();
        return Cycle(requests);
    }

    static readonly byte[] Inserted = Request.Post("/insert", """{"body":"Message: thank you, I will come on Thursday and bring the list of my medicines."}""");

    static ReadOnlyMemory<byte>? Insert(long n) => Inserted;
}
