using System.CommandLine;
using Microsoft.Extensions.Logging;
using Teralog.Server.Configuration;

namespace Teralog.Server.Commands;

/// <summary>The options that say how a broker is configured.</summary>
internal sealed class BrokerOptions
{
    public Option<string?> File { get; } = new("--config", "-c")
    {
        Description = "Property file with Kafka's names (server.properties).", HelpName = "FILE",
    };

    public Option<string[]> Set { get; } = new("--set", "-s")
    {
        Description = "One setting, stronger than the file; may be repeated.",
        HelpName = "NAME=VALUE",
        DefaultValueFactory = _ => [],
    };

    public Option<LogLevel> Level { get; } = new("--log-level")
    {
        Description = "Least level of log lines on stderr.",
        DefaultValueFactory = _ => LogLevel.Information,
    };

    /// <summary>The checked configuration that the options give, or null when its errors were
    /// written to stderr.</summary>
    public ServerConfiguration? Load(ParseResult parsed)
    {
        var loader = new ConfigurationLoader();
        Read(parsed, loader);
        return Finish(loader, parsed.InvocationConfiguration.Error);
    }

    /// <summary>The same for a loader that holds more than the options.</summary>
    public static ServerConfiguration? Finish(ConfigurationLoader loader, TextWriter errors)
    {
        var configuration = loader.Finish();
        foreach (var error in loader.Errors)
            errors.WriteLine(error);
        if (configuration is null)
            errors.WriteLine($"The configuration has {loader.Errors.Count} "
                + (loader.Errors.Count == 1 ? "error" : "errors") + "; nothing was started.");
        return configuration;
    }

    public void Read(ParseResult parsed, ConfigurationLoader loader)
    {
        if (parsed.GetValue(File) is { } file)
            loader.AddFile(file);
        foreach (var assignment in parsed.GetValue(Set) ?? [])
            loader.AddAssignment(assignment);
    }
}
