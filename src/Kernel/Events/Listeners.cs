using System.Collections.Frozen;
using System.Reflection;
using MediatR;

namespace PatientPortal.Kernel.Events;

/// <summary>A reaction: one handler of one event.</summary>
/// <param name="Name">The handler's full type name: stands in the delivery, so it survives a restart.</param>
public sealed record Listener(string Name, Type Event, Type Handler);

/// <summary>Who listens to which event; found by scanning the modules.</summary>
public sealed class Listeners
{
    readonly FrozenDictionary<Type, IReadOnlyList<Listener>> byEvent;
    readonly FrozenDictionary<string, Listener> byName;
    readonly FrozenDictionary<string, Type> events;

    public Listeners(IEnumerable<Assembly> assemblies)
    {
        var all = (from type in assemblies.SelectMany(a => a.GetTypes())
                   where type is { IsAbstract: false, IsInterface: false }
                   from shape in type.GetInterfaces()
                   where shape.IsGenericType && shape.GetGenericTypeDefinition() == typeof(INotificationHandler<>)
                   let news = shape.GetGenericArguments()[0]
                   select new Listener(type.GetInterfaces().Count(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(INotificationHandler<>)) == 1 ? type.FullName! : $"{type.FullName}:{news.Name}", news, type)).ToList();
        byEvent = all.GroupBy(l => l.Event).ToFrozenDictionary(g => g.Key, g => (IReadOnlyList<Listener>)[.. g.OrderBy(l => l.Name, StringComparer.Ordinal)]);
        byName = all.ToFrozenDictionary(l => l.Name);
        events = all.Select(l => l.Event).Distinct().ToFrozenDictionary(e => e.FullName!);
    }

    public IReadOnlyCollection<Listener> All => byName.Values;

    public IReadOnlyList<Listener> Of(Type news) => byEvent.GetValueOrDefault(news) ?? [];

    public Listener? Named(string name) => byName.GetValueOrDefault(name);

    public Type? Event(string name) => events.GetValueOrDefault(name);
}

/// <summary>Rings when something was committed that has to be delivered.</summary>
public sealed class CourierBell
{
    readonly SemaphoreSlim bell = new(0, 1);

    public void Ring()
    {
        try
        {
            if (bell.CurrentCount == 0) bell.Release();
        }
        catch (SemaphoreFullException)
        {
            // Two rang at once; one ring is enough.
        }
    }

    internal Task<bool> Wait(TimeSpan most, CancellationToken ct) => bell.WaitAsync(most, ct);
}
