using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace PatientPortal.Kernel.Modules;

/// <summary>One module of the portal. Its handlers, rules, reactions, jobs, routes and cards are found by scanning its assembly.</summary>
public interface IModule
{
    /// <summary>Lower case; also the prefix of its tables.</summary>
    string Name { get; }

    Assembly Assembly => GetType().Assembly;

    void AddServices(IServiceCollection services, IConfiguration configuration);
}

/// <summary>A card on the patient's home page. The component gets its data through its own module's handler.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class HomeCardAttribute(int order) : Attribute
{
    public int Order => order;
}

/// <summary>A card on the staff's page of one patient.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ChartCardAttribute(int order) : Attribute
{
    public int Order => order;
}

/// <summary>A card on the staff's Today page.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StaffCardAttribute(int order) : Attribute
{
    public int Order => order;

    /// <summary>The permission without which it is not shown.</summary>
    public string? Needs { get; init; }
}

/// <summary>What a module adds to the home page's data: <c>GET /api/v1/patients/{patient}/home</c>.</summary>
public interface IHomePart
{
    /// <summary>The name of its member in the answer.</summary>
    string Name { get; }

    /// <summary>Its data, or null when the actor may not see it.</summary>
    Task<object?> Read(CancellationToken ct);
}

/// <summary>A line of the staff's navigation.</summary>
public interface IStaffNav
{
    string Label { get; }
    string Path { get; }
    int Order { get; }

    /// <summary>The permission without which it is not shown.</summary>
    string Needs { get; }

    /// <summary>How many wait there; null for no number.</summary>
    Task<int?> Count(CancellationToken ct) => Task.FromResult<int?>(null);
}

/// <summary>The components that modules offer, in order.</summary>
public sealed class Cards(IEnumerable<Assembly> assemblies)
{
    readonly IReadOnlyList<Type> types = [.. assemblies.SelectMany(a => a.GetTypes())];

    public IReadOnlyList<Type> Home => field ??= [.. from t in types let c = t.GetCustomAttribute<HomeCardAttribute>() where c is not null orderby c.Order select t];

    public IReadOnlyList<Type> Chart => field ??= [.. from t in types let c = t.GetCustomAttribute<ChartCardAttribute>() where c is not null orderby c.Order select t];

    public IReadOnlyList<(Type Type, string? Needs)> Staff =>
        field ??= [.. from t in types let c = t.GetCustomAttribute<StaffCardAttribute>() where c is not null orderby c.Order select (t, c.Needs)];
}
