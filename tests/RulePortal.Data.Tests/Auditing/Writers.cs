using System.Reflection;
using RulePortal.Data.Alerts.Triage;
using RulePortal.Data.Auditing;

namespace RulePortal.Data.Tests.Auditing;

/// <summary>The library's public writers: whatever is done on somebody's behalf takes an actor, by itself or in what describes the deed.</summary>
internal static class Writers
{
    public static IReadOnlyList<MethodInfo> All { get; } =
    [
        .. typeof(PortalDbContext).Assembly.GetExportedTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false })
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
            .Where(method => typeof(Task).IsAssignableFrom(method.ReturnType) && method.GetParameters().Any(parameter => NamesAnActor(parameter.ParameterType)))
            .OrderBy(Name, StringComparer.Ordinal),
    ];

    /// <summary>Such as <c>AlertTriage.CloseAsync(AlertReference)</c>; many at once is <c>AlertReference[]</c>.</summary>
    public static string Name(MethodInfo method)
    {
        Type first = method.GetParameters()[0].ParameterType;
        return $"{method.DeclaringType!.Name}.{method.Name}({(first.IsGenericType ? $"{first.GetGenericArguments()[0].Name}[]" : first.Name)})";
    }

    private static bool NamesAnActor(Type type) =>
        type == typeof(Actor) || (type.Assembly == typeof(PortalDbContext).Assembly && type.GetProperties().Any(property => property.PropertyType == typeof(Actor)));
}
