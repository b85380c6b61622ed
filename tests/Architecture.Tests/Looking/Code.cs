using Mono.Cecil;
using Mono.Cecil.Cil;

namespace PatientPortal.Architecture.Tests.Looking;

/// <summary>One thing the compiled code does: a type uses <c>To</c> (its member, when there is one), at a line that can be pointed to.</summary>
public sealed record Use(TypeReference Type, string To, string Member, string ToAssembly, string Where);

/// <summary>The portal as the compiler left it: every type, and everything that each type touches.</summary>
public sealed class Code
{
    readonly Dictionary<TypeDefinition, Use[]> uses = [];

    Code(IReadOnlyList<TypeDefinition> types) => Types = types;

    public IReadOnlyList<TypeDefinition> Types { get; }

    /// <summary>Reads the portal's own assemblies in a folder; what they refer to is looked up there and in <paramref name="others"/>.</summary>
    public static Code Built(string folder, params string[] others)
    {
        var find = new DefaultAssemblyResolver();
        foreach (var place in others.Prepend(folder)) find.AddSearchDirectory(place);
        var read = new ReaderParameters
        {
            AssemblyResolver = find,
            ReadSymbols = true,
            SymbolReaderProvider = new DefaultSymbolReaderProvider(throwIfNoSymbol: false),
        };
        return new([.. Directory.GetFiles(folder, "PatientPortal.*.dll").Where(IsProduct).Order()
            .SelectMany(f => ModuleDefinition.ReadModule(f, read).Types).Where(IsWritten)]);
    }

    static bool IsProduct(string file) =>
        Path.GetFileNameWithoutExtension(file) is var name
        && !name.EndsWith(".Tests", StringComparison.Ordinal) && name is not ("PatientPortal.Testing" or "PatientPortal.Benchmarks" or "PatientPortal.Crashes");

    /// <summary>Leaves out what compilers and source generators add to every assembly.</summary>
    static bool IsWritten(TypeDefinition type) =>
        type.Namespace.StartsWith("PatientPortal", StringComparison.Ordinal) && !type.Name.StartsWith('<') && type.Name is not "_Imports"
        && !type.CustomAttributes.Any(a => a.AttributeType.Name is "GeneratedCodeAttribute" or "CompilerGeneratedAttribute");

    public IReadOnlyList<Use> UsesOf(TypeDefinition type)
    {
        lock (uses)
        {
            if (uses.TryGetValue(type, out var known)) return known;
            // Async methods and lambdas live in nested types that the compiler makes: without those a rule sees nothing that a handler does.
            return uses[type] = [.. Family(type).SelectMany(Touches)
                .SelectMany(x => Unwrap(x.To).Select(to => new Use(to, to.FullName, x.Member, Assembly(to), x.Where)))
                .DistinctBy(u => (u.To, u.Member, u.Where))];
        }
    }

    static string Assembly(TypeReference type) => (type.Scope?.Name ?? "").Replace(".dll", "", StringComparison.Ordinal);

    static IEnumerable<TypeDefinition> Family(TypeDefinition type) => type.NestedTypes.SelectMany(Family).Prepend(type);

    static IEnumerable<(TypeReference To, string Member, string Where)> Touches(TypeDefinition type)
    {
        var home = type.Methods.Select(FirstLine).FirstOrDefault(l => l.Length > 0) ?? "";
        if (type.BaseType is { } parent) yield return (parent, "", home);
        foreach (var i in type.Interfaces) yield return (i.InterfaceType, "", home);
        foreach (var a in type.CustomAttributes) yield return (a.AttributeType, "", home);
        foreach (var f in type.Fields) yield return (f.FieldType, "", home);
        foreach (var method in type.Methods)
            foreach (var touch in Touches(method)) yield return touch;
    }

    static IEnumerable<(TypeReference To, string Member, string Where)> Touches(MethodDefinition method)
    {
        var line = FirstLine(method);
        foreach (var p in method.Parameters) yield return (p.ParameterType, "", line);
        yield return (method.ReturnType, "", line);
        if (!method.HasBody) yield break;
        foreach (var local in method.Body.Variables) yield return (local.VariableType, "", line);
        foreach (var op in method.Body.Instructions)
        {
            if (method.DebugInformation.GetSequencePoint(op) is { IsHidden: false } point) line = Show(point);
            switch (op.Operand)
            {
                case MethodReference called:
                    yield return (called.DeclaringType, called.Name, line);
                    if (called is GenericInstanceMethod generic)
                        foreach (var argument in generic.GenericArguments) yield return (argument, "", line);
                    break;
                case FieldReference field: yield return (field.DeclaringType, field.Name, line); break;
                case TypeReference named: yield return (named, "", line); break;
            }
        }
    }

    static IEnumerable<TypeReference> Unwrap(TypeReference type) => type switch
    {
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Unwrap).Prepend(generic.ElementType),
        TypeSpecification wrapped => Unwrap(wrapped.ElementType),
        GenericParameter => [],
        _ => [type],
    };

    static string FirstLine(MethodDefinition method) =>
        method.DebugInformation.SequencePoints.FirstOrDefault(s => !s.IsHidden) is { } point ? Show(point) : "";

    static string Show(SequencePoint point) => $"{Tail(point.Document.Url)}:{point.StartLine}";

    static string Tail(string path) =>
        path.Replace('\\', '/') is var p && p.LastIndexOf("/src/", StringComparison.Ordinal) is var at and >= 0 ? p[(at + 1)..] : p;
}
