using System.Globalization;
using PatientPortal.Crashes;

// dotnet run -c Release --project tests/Crashes -- [--rounds 50] [--seed N] [--folder F]
// Kills the real host with SIGKILL at random moments while people book, write and import, and reminders fall due; starts it again on the same data,
// asks again what had no answer, and looks whether anything acknowledged is missing and anything is doubled, and whether the audit trail is whole.
// Ends with 0 when all is well.
var (rounds, seed, root) = (50, (ulong)TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(), Root());
var folder = Path.Combine(root, "artifacts", "crashes");
for (var i = 0; i + 1 < args.Length; i += 2)
    switch (args[i])
    {
        case "--rounds": rounds = int.Parse(args[i + 1], CultureInfo.InvariantCulture); break;
        case "--seed": seed = ulong.Parse(args[i + 1], CultureInfo.InvariantCulture); break;
        case "--folder": folder = Path.GetFullPath(args[i + 1]); break;
        default: Console.Error.WriteLine($"There is no option {args[i]}; there are --rounds, --seed and --folder."); return 2;
    }

if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
Directory.CreateDirectory(folder);
var seeded = new Seeded(seed);
var now = TimeProvider.System.GetUtcNow();
using var portal = new PortalProcess(Path.Combine(root, "src", "Host", "bin", Configuration(), "net10.0", "PatientPortal.Host.dll"), folder);
using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { BaseAddress = portal.Address, Timeout = TimeSpan.FromMinutes(2) };
var ledger = new Ledger(folder);
var ct = CancellationToken.None;
Console.WriteLine($"Seed {seed}, {rounds} rounds, data in {folder}");

// The first start migrates the database and fills the clinic; it is killed in the middle of that, too.
AppDomain.CurrentDomain.UnhandledException += (_, _) => Console.Error.WriteLine(portal.Said);
var killed = 0;
for (; killed < 5; killed++)
{
    portal.Start();
    await Task.Delay(seeded.Between(700, 5000), ct);
    await portal.Kill();
}
portal.Start();
await portal.Ready(client, ct);

Person[] patients = [new("maria", client, isStaff: false), new("james", client, isStaff: false), new("aisha", client, isStaff: false)];
var admin = new Person("admin", client, isStaff: true);
foreach (var person in patients) await person.SignIn(ct);
await admin.SignIn(ct);
var (bookings, messages, imports) = (new Bookings(patients, DateOnly.FromDateTime(now.Date), seeded), new Messages(patients, seeded), new Imports(admin, now, seeded));
var cancellations = new Cancellations(patients, bookings, seeded);
await bookings.Find(ct);
await messages.Begin(ct);
IWork[] works = [bookings, cancellations, messages, imports];
var (wrong, repeated) = (new List<string>(), 0);
var settled = works.ToDictionary(w => w, _ => 0);

for (var round = 1; round <= rounds; round++)
{
    using (var stop = new CancellationTokenSource())
    {
        var going = works.Select(w => Task.Run(async () =>
        {
            try { await w.Go(stop.Token); }
            catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException) { }
        }, ct)).ToArray();
        await Task.Delay(seeded.Between(40, 2500), ct);
        await portal.Kill();
        await stop.CancelAsync();
        await Task.WhenAll(going);
    }
    killed++;
    ledger.LetTimePass(reminders: 3);
    portal.Start();
    // Some starts are killed as well, before or while the portal picks up what it had left.
    if (seeded.Between(1, 5) is 1)
    {
        await Task.Delay(seeded.Between(100, 3000), ct);
        await portal.Kill();
        killed++;
        portal.Start();
    }
    await portal.Ready(client, ct);
    foreach (var person in patients.Append(admin)) await person.StaySignedIn(ct);

    foreach (var work in works)
    {
        var fresh = work.Deeds.Skip(settled[work]).ToList();
        var asked = fresh.Where(d => d.Status is null).Concat(work.Deeds.Where(d => d.IsAcknowledged).TakeLast(2)).ToList();
        foreach (var deed in asked)
            if (await deed.Ask(ct) is { } different) wrong.Add(different);
        repeated += asked.Count;
        wrong.AddRange(await work.Check(fresh, ct));
        settled[work] += fresh.Count;
    }
    Console.WriteLine($"{round,3}: {string.Join(", ", works.Select(w => $"{w.Deeds.Count(d => d.IsAcknowledged)} {w.Name}"))}; {wrong.Count} wrong");
    if (wrong.Count > 20) break;
}

// At the end everything of every round once more, and once nothing waits, the ledger of news and notices.
for (var tries = 0; ledger.Waiting() > 0 && tries < 240; tries++) await Task.Delay(500, ct);
if (ledger.Waiting() is var waiting and > 0) wrong.Add($"{waiting} deliveries, notices or reminders still wait");
foreach (var person in patients.Append(admin)) await person.StaySignedIn(ct);
foreach (var work in works)
{
    wrong.AddRange(await work.Check(work.Deeds, ct));
    // Where nothing was done, nothing is proven.
    foreach (var refused in work.Deeds.Where(d => !d.IsAcknowledged).GroupBy(d => d.Status)) Console.WriteLine($"{refused.Count()} {work.Name} were answered {refused.Key}: {refused.First().Answer}");
    if (!work.Deeds.Any(d => d.IsAcknowledged)) wrong.Add($"not one of the {work.Name} was acknowledged");
}
foreach (var person in patients.Append(admin)) await person.StaySignedIn(ct);
wrong.AddRange(await imports.AgainAllUnchanged(ct));
for (var tries = 0; ledger.Waiting() > 0 && tries < 120; tries++) await Task.Delay(500, ct);
wrong.AddRange(ledger.Check(bookings.Deeds.Count(d => d.IsAcknowledged), cancellations.Deeds.Count(d => d.IsAcknowledged)));
var (news, notices, again, reminders) = ledger.Counts();
await portal.Kill();
if (await portal.Command("audit", "verify") is { } broken) wrong.Add($"audit verify: {broken}");

foreach (var what in wrong.Distinct()) Console.WriteLine($"WRONG: {what}");
Console.WriteLine($"{killed} kills; acknowledged: {string.Join(", ", works.Select(w => $"{w.Deeds.Count(d => d.IsAcknowledged)} {w.Name}"))}; {repeated} asked again; {news} events, {notices} notices ({again} of them begun again after a kill), {reminders} reminders announced; {wrong.Count} wrong");
return wrong.Count is 0 ? 0 : 1;

static string Root()
{
    for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        if (File.Exists(Path.Combine(folder.FullName, "PatientPortal.sln"))) return folder.FullName;
    throw new InvalidOperationException("Run it inside the repository.");
}

static string Configuration() =>
#if DEBUG
    "Debug";
#else
    "Release";
#endif
