using System.Reflection;
using RulePortal.Detection.Connections;

namespace RulePortal.Detection.Tests.Connections;

/// <summary>Writes down every question that is asked of connections and passes it on.</summary>
public class Recording : DispatchProxy
{
    private object inner = null!;
    private Recorded recorded = null!;

    /// <summary>Connections that are asked through a record.</summary>
    public static IConnections Of(IConnections connections, Recorded recorded) => Of<IConnections>(connections, recorded);

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (targetMethod!.IsSpecialName)
        {
            return targetMethod.Invoke(inner, args) is ICountryIndex index ? Of(index, recorded) : targetMethod.Invoke(inner, args);
        }

        recorded.Questions.Add((targetMethod.Name, args!));
        // A store may finish a question before it notices a cancellation.
        var result = targetMethod.Invoke(inner, [.. args!.Select(arg => arg is CancellationToken ? CancellationToken.None : arg)]);
        recorded.OnQuestion?.Invoke(targetMethod.Name);
        return result;
    }

    private static T Of<T>(T inner, Recorded recorded)
        where T : class
    {
        var proxy = Create<T, Recording>();
        ((Recording)(object)proxy).inner = inner;
        ((Recording)(object)proxy).recorded = recorded;
        return proxy;
    }
}

/// <summary>The questions asked.</summary>
public sealed class Recorded
{
    public IList<(string Name, object?[] Arguments)> Questions { get; } = new List<(string, object?[])>();

    public Action<string>? OnQuestion { get; init; }

    public IEnumerable<string> Names => Questions.Select(question => question.Name);

    /// <summary>The cap that a question named.</summary>
    public long CapOf(string name) => Questions.Single(question => question.Name == name).Arguments.OfType<long>().Single();
}
