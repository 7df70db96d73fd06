using Microsoft.Extensions.Logging;
using Teralog.Broker;
using Teralog.Server.Configuration;
using Teralog.Server.Hosting;

namespace Teralog.Server.Commands;

/// <summary>Runs a broker until a signal asks it to stop.</summary>
internal sealed partial class BrokerRun(TextWriter output, TextWriter errors)
{
    public async Task<int> RunAsync(ServerConfiguration configuration, LogLevel level)
    {
        using var provider = new ConsoleLoggers(errors, level, TimeProvider.System);
        using var loggers = LoggerFactory.Create(
            builder => builder.SetMinimumLevel(level).AddProvider(provider));
        var logger = loggers.CreateLogger("Teralog.Server");
        using var signals = new ShutdownSignals();
        using var allocations = AllocationReport.Register();
        try
        {
            var host = await ServerHost.StartAsync(
                configuration, loggers, TimeProvider.System, signals.Stopping)
                .ConfigureAwait(false);
            Announce(host, logger);
            await Stopped(signals.Stopping).ConfigureAwait(false);
            LogStopping(logger);
            await host.StopAsync().ConfigureAwait(false);
            LogStopped(logger);
            return ExitCode.Done;
        }
        catch (OperationCanceledException) when (signals.Stopping.IsCancellationRequested)
        {
            return ExitCode.Done;
        }
        catch (BrokerStartException exception)
        {
            LogRefused(logger, exception);
            await errors.WriteLineAsync(exception.Message).ConfigureAwait(false);
            return ExitCode.Failure;
        }
    }

    private void Announce(ServerHost host, ILogger logger)
    {
        foreach (var warning in host.Configuration.Warnings)
            LogWarning(logger, warning);
        var volumes = host.Configuration.Settings.LogDirectories
            .Select(path => StartSummary.Measure(Path.GetFullPath(path))).ToList();
        foreach (var line in StartSummary.Lines(host, volumes))
            output.WriteLine(line);
        output.Flush();
    }

    private static async Task Stopped(CancellationToken stopping)
    {
        var stopped = new TaskCompletionSource();
        await using var registration = stopping.Register(stopped.SetResult).ConfigureAwait(false);
        await stopped.Task.ConfigureAwait(false);
    }

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "{Warning}")]
    private static partial void LogWarning(ILogger logger, string warning);

    [LoggerMessage(EventId = 3, Level = LogLevel.Information,
        Message =
            "Stopping: connections are drained, logs are closed; a second signal ends at once")]
    private static partial void LogStopping(ILogger logger);

    [LoggerMessage(EventId = 4, Level = LogLevel.Information, Message = "Stopped")]
    private static partial void LogStopped(ILogger logger);

    [LoggerMessage(EventId = 5, Level = LogLevel.Debug, Message = "The start was refused")]
    private static partial void LogRefused(ILogger logger, Exception exception);
}
