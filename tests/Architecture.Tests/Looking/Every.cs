using System.Text;
using Mono.Cecil;

namespace PatientPortal.Architecture.Tests.Looking;

/// <summary>One thing that is not as a rule says it must be.</summary>
public sealed record Breach(string Who, string Did, string Where);

/// <summary>What a rule saw: how many subjects, what was wrong, and which breaches an exception covers.</summary>
public sealed record Reading(int Looked, IReadOnlyList<Breach> Breaches, IReadOnlyList<string> Exempted);

/// <summary>A sentence about the portal that is either true, or says exactly where it is not.</summary>
public sealed record Promise(string Says, string Why, string HowToFix, Func<Portal, string, Reading> Read)
{
    public string Report(IReadOnlyList<Breach> breaches)
    {
        var text = new StringBuilder($"RULE BROKEN  {Says}\n\n");
        foreach (var who in breaches.GroupBy(b => b.Who))
        {
            text.AppendLine($"  {who.Key}");
            foreach (var breach in who) text.AppendLine($"      {breach.Did}{(breach.Where.Length > 0 ? $"   ({breach.Where})" : "")}");
        }
        return text.AppendLine($"\n  Why   {Why}").AppendLine($"  Fix   {HowToFix}").ToString();
    }
}

/// <summary>Where a rule's sentence begins: what it is about. Subjects are discovered, never listed.</summary>
public static class Every
{
    public static Subject<TypeDefinition> Type(string called, Func<TypeDefinition, bool> which) =>
        new(called, p => p.Code.Types.Where(which), t => t.FullName, t =>
            t.CustomAttributes.Where(a => a.AttributeType.Name is "ExemptAttribute").Select(a => (string)a.ConstructorArguments[0].Value));

    public static Subject<SourceFile> File(string called, Func<SourceFile, bool> which) =>
        new(called, p => p.Files.Where(which), f => f.Path, null);

    public static Subject<Project> Project(string called, Func<Project, bool> which) =>
        new(called, p => p.Projects.Where(which), p => p.Name, null);

    /// <summary>Anything else that can be read out of the portal: a module's folder, a package, a text.</summary>
    public static Subject<T> Thing<T>(string called, Func<Portal, IEnumerable<T>> which, Func<T, string> name) => new(called, which, name, null);
}

public sealed record Subject<T>(string Called, Func<Portal, IEnumerable<T>> Which, Func<T, string> Name, Func<T, IEnumerable<string>>? Exempt)
{
    public Sentence Must(string what, Func<T, bool> holds, Func<T, string> instead) => Must(what, (_, t) => holds(t) ? [] : [(instead(t), "")]);

    public Sentence MustNot(string what, Func<T, IEnumerable<(string Did, string Where)>> breaches) => Judged($"{Called} must not {what}", (_, t) => breaches(t));

    public Sentence MustNot(string what, Func<Portal, T, IEnumerable<(string Did, string Where)>> breaches) => Judged($"{Called} must not {what}", breaches);

    public Sentence Must(string what, Func<Portal, T, IEnumerable<(string Did, string Where)>> breaches) => Judged($"{Called} must {what}", breaches);

    Sentence Judged(string says, Func<Portal, T, IEnumerable<(string Did, string Where)>> breaches) => new(says, (portal, rule) =>
    {
        var (found, exempted) = (new List<Breach>(), new List<string>());
        var looked = 0;
        foreach (var subject in Which(portal))
        {
            looked++;
            var wrong = breaches(portal, subject).Distinct().Select(b => new Breach(Name(subject), b.Did, b.Where)).ToList();
            if (wrong.Count > 0 && IsExempt(portal, subject, rule)) exempted.Add(Name(subject));
            else found.AddRange(wrong);
        }
        return new(looked, found, exempted);
    });

    bool IsExempt(Portal portal, T subject, string rule) =>
        Exempt is not null
            ? Exempt(subject).Contains(rule)
            : portal.Exemptions.Any(e => e.Rule == rule && e.File.Path == (subject as SourceFile)?.Path);
}

public sealed record Sentence(string Says, Func<Portal, string, Reading> Read)
{
    public Reason Because(string why) => new(this, why);
}

public sealed record Reason(Sentence Sentence, string Why)
{
    public Promise Fix(string how) => new(Sentence.Says, Why, how, Sentence.Read);
}

public static class Verbs
{
    extension(Subject<TypeDefinition> subject)
    {
        public Sentence MustNotUse(string what, Func<TypeDefinition, Use, bool> forbidden) => subject.MustNot($"use {what}", (portal, type) =>
            portal.Code.UsesOf(type).Where(u => forbidden(type, u)).Select(u => ($"uses {Shown(u)}", u.Where)));
    }

    static string Shown(Use use) => use.Member is "" ? use.To : $"{use.To}.{use.Member.Replace("get_", "", StringComparison.Ordinal)}";
}
