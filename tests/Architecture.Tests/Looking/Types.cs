using Mono.Cecil;

namespace PatientPortal.Architecture.Tests.Looking;

/// <summary>Where a type stands in the house, read from its assembly and namespace, and what it is.</summary>
public static class Types
{
    static readonly string[] Shared = ["Kernel", "Ui", "Host", "Synthetic"];
    static readonly string[] Audiences = ["ForEveryone", "ForMembers", "ForPatients", "ForStaff", "ForApps"];

    /// <summary>"Scheduling" for both of that module's assemblies; "" for the Kernel, the Ui, the Host and what is not ours.</summary>
    public static string ModuleOf(string assembly) => PartOf(assembly) is var part && Shared.Contains(part) ? "" : part;

    /// <summary>The first word after "PatientPortal.", or "" for what is not ours.</summary>
    public static string PartOf(string assembly) =>
        assembly.StartsWith("PatientPortal.", StringComparison.Ordinal) ? assembly["PatientPortal.".Length..].Split('.')[0] : "";

    extension(TypeDefinition type)
    {
        public string Home => type.Module.Assembly.Name.Name;
        public string PartName => PartOf(type.Home);
        public string ModuleName => ModuleOf(type.Home);
        public bool IsContract => type.Home.EndsWith(".Contracts", StringComparison.Ordinal);
        public bool IsInside => type.ModuleName.Length > 0 && !type.IsContract;

        /// <summary>The words of the namespace after the module's name: "ForPatients", "BookAppointment".</summary>
        public string[] Path => type.Namespace.Split('.') is { Length: > 2 } words ? words[2..] : [];

        public string TopFolder => type.Path is [var first, ..] ? first : "";
        public bool IsForAudience => (type.IsInside || type.PartName is "Host") && Audiences.Contains(type.TopFolder);

        /// <summary>"Scheduling.ForPatients.BookAppointment", or "" outside a slice.</summary>
        public string Slice => type.IsForAudience && type.Path is [var audience, var slice, ..] ? $"{type.PartName}.{audience}.{slice}" : "";

        public bool IsRecord => type.Methods.Any(m => m.Name is "<Clone>$") || (type.IsValueType && type.Methods.Any(m => m.Name is "PrintMembers"));
        public bool IsPage => type.Has("Route");

        public bool Has(string attribute) => type.CustomAttributes.Any(a => a.AttributeType.Name == attribute + "Attribute");

        /// <summary>The type, what it inherits and what it implements, by short name ("IHandle`2").</summary>
        public bool Is(string name) => type.Ancestry().Any(t => t.Name == name || t.Interfaces.Any(i => i.InterfaceType.Name == name));

        public IEnumerable<string> Takes => type.Methods.Where(m => m.IsConstructor && !m.IsStatic).SelectMany(m => m.Parameters).Select(p => p.ParameterType.Name);

        IEnumerable<TypeDefinition> Ancestry()
        {
            for (var t = type; t is not null; t = Find(t.BaseType)) yield return t;
        }
    }

    /// <summary>The slice that a used type belongs to, in the same words as <c>Slice</c>.</summary>
    public static string SliceOf(TypeReference used) => Find(used) is { } found ? Outermost(found).Slice : "";

    public static TypeDefinition? Find(TypeReference? used)
    {
        try { return used?.Resolve(); }
        catch (AssemblyResolutionException) { return null; }
    }

    static TypeDefinition Outermost(TypeDefinition type) => type.DeclaringType is { } outer ? Outermost(outer) : type;
}

public static class Methods
{
    extension(MethodDefinition method)
    {
        public bool IsCompilerMade => method.CustomAttributes.Any(a => a.AttributeType.Name is "CompilerGeneratedAttribute");
    }
}
