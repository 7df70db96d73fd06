using Microsoft.Extensions.Logging;

namespace Teralog.Server.Hosting;

/// <summary>
/// Log lines on stderr: time, level, category, message, and the exception where there is one.
/// One write a line, so that lines of different threads do not mix.
/// </summary>
internal sealed class ConsoleLoggers(TextWriter output, LogLevel levelMin, TimeProvider clock)
    : ILoggerProvider
{
    private readonly Lock _lock = new();

    public ILogger CreateLogger(string categoryName) => new ConsoleLogger(this, categoryName);

    public void Dispose()
    {
    }

    public bool IsEnabled(LogLevel level) => level >= levelMin && level != LogLevel.None;

    public void Write(LogLevel level, string category, string message, Exception? exception)
    {
        var time = clock.GetUtcNow().UtcDateTime;
        var line = $"{time:yyyy-MM-ddTHH:mm:ss.fffZ} {Word(level)} {category}: {message}"
            + (exception is null ? "" : Environment.NewLine + exception);
        lock (_lock)
            output.WriteLine(line);
    }

    private static string Word(LogLevel level) => level switch
    {
        LogLevel.Trace => "TRACE",
        LogLevel.Debug => "DEBUG",
        LogLevel.Information => "INFO ",
        LogLevel.Warning => "WARN ",
        LogLevel.Error => "ERROR",
        LogLevel.Critical => "FATAL",
        LogLevel.None => "     ",
        _ => throw new ArgumentOutOfRangeException(nameof(level)),
    };
}
