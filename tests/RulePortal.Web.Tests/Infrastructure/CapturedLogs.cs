using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace RulePortal.Web.Tests.Infrastructure;

/// <summary>Keeps every line that is logged, with what exceptions say.</summary>
internal sealed class CapturedLogs : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        Lines.Enqueue($"{formatter(state, exception)} {exception}");
        foreach (var value in state as IEnumerable<KeyValuePair<string, object?>> ?? [])
        {
            Lines.Enqueue($"{value.Key}={value.Value}");
        }
    }

    public void Dispose()
    {
    }
}
