using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Teralog.Net.Tests;

/// <summary>Keeps what was logged.</summary>
internal sealed class TestLogger : ILogger
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public int Count(string part) => Lines.Count(line => line.Contains(part));

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter) =>
        Lines.Enqueue($"{logLevel}: {formatter(state, exception)} {exception?.Message}");
}
