using System.CommandLine;
using Teralog.Server.Configuration;

namespace Teralog.Server.Commands;

/// <summary><c>teralog serve</c>: a broker with a configuration, or on built-in defaults.</summary>
internal static class ServeCommand
{
    public static Command Build()
    {
        var options = new BrokerOptions();
        var command = new Command("serve", "Run a broker. Without --config it listens on "
            + $"127.0.0.1:9092 and keeps its data in {DataFolders.Default()}.")
        {
            options.File, options.Set, options.Level,
        };
        command.SetAction(parsed => RunAsync(parsed, options));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, BrokerOptions options)
    {
        var streams = parsed.InvocationConfiguration;
        var configuration = options.Load(parsed);
        return configuration is null
            ? ExitCode.Usage
            : await new BrokerRun(streams.Output, streams.Error)
                .RunAsync(configuration, parsed.GetValue(options.Level)).ConfigureAwait(false);
    }
}
