using System.Globalization;
using PatientPortal.Benchmarks;

if (args is ["bare", var bareFile])
{
    await BareServer.Serve(bareFile);
    return 0;
}

var root = Root();
var host = Path.Combine(root, "src", "Host", "bin", Configuration(), "net10.0", "PatientPortal.Host.dll");
if (args is ["sign-in", ..]) return await SignInScale.Run(root, host);
if (args is ["audit", ..]) return await AuditScale.Run(args[1..], root, host);

Options options;
try { options = Options.Parse(args, root); }
catch (ArgumentException e) { Console.Error.WriteLine(e.Message); return 2; }

var clock = TimeProvider.System;
var clinic = await BigClinic.Ensure(options);
var run = Path.Combine(options.Folder, "run");
if (Directory.Exists(run)) Directory.Delete(run, recursive: true);
Directory.CreateDirectory(run);
foreach (var file in Directory.GetFiles(clinic.Folder)) File.Copy(file, Path.Combine(run, Path.GetFileName(file)));
var bareDatabase = Path.Combine(options.Folder, "bare.db");
foreach (var old in Directory.GetFiles(options.Folder, "bare.db*")) File.Delete(old);
BareServer.Fill(bareDatabase, clock.GetUtcNow());

// The first start after a build reads cold files; the second is the one that people wait for.
await using (await ServerProcess.Start(host, [], BigClinic.Settings(run), "/health/ready")) { }
await using var portal = await ServerProcess.Start(host, [], BigClinic.Settings(run), "/health/ready");
await using var bare = await ServerProcess.Start(typeof(BareServer).Assembly.Location, ["bare", bareDatabase], new Dictionary<string, string>(), "/health");
var (idle, startCpu) = (portal.PssBytes, portal.CpuTime);

var visitors = Enumerable.Range(1, Math.Min(options.Patients, BigClinic.Accounts)).Select(n => new Visitor($"patient{n}")).ToList();
using (var door = new Connection(portal.Port))
{
    await door.Open();
    foreach (var visitor in visitors) await visitor.SignIn(door);
    foreach (var visitor in visitors.Take(8)) await visitor.SignInByForm(door);
}

var report = new Report(options);
var operations = await Operations.Gather(portal, visitors, DateOnly.FromDateTime(clock.GetUtcNow().Date), options.Only);
Console.WriteLine($"{options.Patients:N0} patients, {visitors.Count} visitors, {options.Seconds} s a point\n");
report.Begin();
var others = new OtherPrograms(portal, bare);
foreach (var operation in operations)
{
    await Load.WarmUp(portal, operation.Expected, operation.Portal);
    await Load.WarmUp(bare, operation.BareExpected, operation.Bare);
    foreach (var connections in options.Connections)
    {
        var ours = await Load.Run(portal, connections, options.Seconds, operation.Expected, operation.Portal);
        var theirs = await Load.Run(bare, connections, options.Seconds, operation.BareExpected, operation.Bare);
        report.Add(operation, ours, theirs);
    }
}

if (operations.FirstOrDefault(o => o.Name.StartsWith("one ", StringComparison.Ordinal)) is { } read)
{
    var alone = await Load.Run(portal, 16, options.Seconds, 200, read.Portal);
    using var enough = new CancellationTokenSource();
    var signIns = Load.Run(portal, 4, 600, 200, n => Request.Post("/api/v1/sign-in", Visitor.SignInBody(visitors[(int)(n % visitors.Count)].UserName)), enough.Token);
    var beside = await Load.Run(portal, 16, options.Seconds, 200, read.Portal);
    await enough.CancelAsync();
    var signedIn = await signIns;
    var kept = beside.PerSecond / alone.PerSecond;
    report.Fact(string.Create(CultureInfo.InvariantCulture, $"Reads kept while 4 clients sign in ({signedIn.PerSecond:0.0} sign-ins/s): {kept:0 %} (aim: at least half), p99 {beside.P99:0} ms{(signedIn.Others.Count > 0 ? $"; sign-ins also answered {signedIn.OthersText}" : "")}"));
    if (kept < 0.5) report.Miss($"reads kept beside sign-ins: {kept:0 %}");
}

var pss = portal.PssBytes;
if (others.Cores() is var cores and > 0.2) report.Miss(string.Create(CultureInfo.InvariantCulture, $"a quiet machine: other programs took {cores:0.0} cores meanwhile, so these figures compare nothing"));
report.Fact(string.Create(CultureInfo.InvariantCulture, $"Start to ready, second start: {portal.StartTime.TotalSeconds:0.00} s (aim: within 2), of which {startCpu.TotalSeconds:0.00} s of processor time"));
report.Fact(string.Create(CultureInfo.InvariantCulture, $"Memory (PSS): {idle / 1048576.0:0} MB after start, {pss / 1048576.0:0} MB after the run (aim: under 300)"));
if (clinic.BytesPerPatient is { } bytes) report.Fact(string.Create(CultureInfo.InvariantCulture, $"On disk: {bytes / 1024:0} KB a patient of 92 facts (aim: at most 150)"));
if (pss > 300L << 20) report.Miss("memory after the run");
if (portal.StartTime.TotalSeconds > 2) report.Miss("start time");
if (portal.HasExited) report.Miss("the portal ended: " + portal.Said);
return await report.End() ? 0 : 1;

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
