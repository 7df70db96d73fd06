using Microsoft.Extensions.Logging;

namespace Teralog.Server.Hosting;

/// <summary>The logger of one category.</summary>
internal sealed class ConsoleLogger(ConsoleLoggers loggers, string category) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => loggers.IsEnabled(logLevel);

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
            loggers.Write(logLevel, category, formatter(state, exception), exception);
    }
}
