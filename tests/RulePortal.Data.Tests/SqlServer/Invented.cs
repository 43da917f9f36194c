using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using RulePortal.Detection.Shipped;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Detectors;
using RulePortal.Data.Connections;

namespace RulePortal.Data.Tests.SqlServer;

/// <summary>Makes a value of any type that the queries take, so that none of them needs to be listed.</summary>
internal static class Invented
{
    public static DateTime Now { get; } = new(2026, 1, 31, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>A class that issues queries, wired to contexts.</summary>
    public static object Service(Type type, IDbContextFactory<PortalDbContext> contexts)
    {
        ConstructorInfo constructor = type.GetConstructors().MaxBy(candidate => candidate.GetParameters().Length)!;
        return constructor.Invoke([.. constructor.GetParameters().Select(parameter => parameter.ParameterType switch
        {
            var wanted when wanted.IsInstanceOfType(contexts) => contexts,
            var wanted when wanted == typeof(TimeProvider) => new FakeTimeProvider(new DateTimeOffset(Now)),
            var wanted when wanted == typeof(ConnectionDialect) => ConnectionDialect.SqlServer,
            var wanted when Takes(wanted) => Service(wanted, contexts),
            var wanted => Value(wanted, filled: true),
        })]);
    }

    /// <summary>Whether a class issues queries: it takes the contexts, or something that does.</summary>
    public static bool Takes(Type type) => type.IsClass && type.Assembly == typeof(PortalDbContext).Assembly
        && type.GetConstructors().Any(constructor => constructor.GetParameters().Any(parameter =>
            parameter.ParameterType == typeof(IDbContextFactory<PortalDbContext>) || Takes(parameter.ParameterType)));

    /// <summary>A value of a type.</summary>
    /// <param name="type">The type.</param>
    /// <param name="filled">Whether what may be null or empty is not.</param>
    public static object? Value(Type type, bool filled)
    {
        Type? nullable = Nullable.GetUnderlyingType(type);
        if (nullable is not null)
        {
            return filled ? Value(nullable, filled) : null;
        }

        if (type == typeof(string) || type == typeof(object))
        {
            return "rp_invented"; // begins as a bearer key does, since other texts are turned away before they reach the store
        }

        if (type == typeof(CancellationToken))
        {
            return CancellationToken.None;
        }

        // What evaluates has to find a detector to reach its statements.
        if (type == typeof(RuleDefinition))
        {
            return ShippedRules.RareOutboundConnectionByProcess.Definition;
        }

        if (type == typeof(BoundRule))
        {
            return DetectorCatalog.Shipped.Bind(ShippedRules.RareOutboundConnectionByProcess.Definition);
        }

        if (type == typeof(DateTime))
        {
            return Now;
        }

        if (type == typeof(byte[]))
        {
            return new byte[32];
        }

        if (type.IsEnum)
        {
            return Enum.GetValues(type).GetValue(0);
        }

        if (type.IsPrimitive)
        {
            return Convert.ChangeType(1, type, provider: null);
        }

        if (Element(type) is { } element)
        {
            var items = Array.CreateInstance(element, filled ? 1 : 0);
            if (filled)
            {
                items.SetValue(Value(element, filled), 0);
            }

            return type.IsAssignableFrom(items.GetType()) ? items : Activator.CreateInstance(type, items);
        }

        PropertyInfo? ready = type.GetProperties(BindingFlags.Public | BindingFlags.Static).FirstOrDefault(property => property.PropertyType == type);
        return ready is not null ? ready.GetValue(null) : type.IsAbstract ? null : Instance(type, filled);
    }

    private static object Instance(Type type, bool filled)
    {
        ConstructorInfo? constructor = type.GetConstructors().Where(candidate => candidate.GetParameters().All(parameter => parameter.ParameterType != type)).MaxBy(candidate => candidate.GetParameters().Length);
        object made = constructor is null
            ? Activator.CreateInstance(type, nonPublic: true)!
            : constructor.Invoke([.. constructor.GetParameters().Select(parameter => Value(parameter.ParameterType, filled))]);
        foreach (PropertyInfo property in type.GetProperties().Where(property => property.SetMethod is { IsPublic: true } && (filled || !MayBeNull(property))))
        {
            property.SetValue(made, Value(property.PropertyType, filled));
        }

        return made;
    }

    private static bool MayBeNull(PropertyInfo property) => new NullabilityInfoContext().Create(property).WriteState is NullabilityState.Nullable;

    private static Type? Element(Type type) => type.IsArray
        ? type.GetElementType()
        : type.IsGenericType && type != typeof(string) && type.GetInterfaces().Append(type).Any(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IEnumerable<>))
            ? type.GetGenericArguments()[0]
            : null;
}
