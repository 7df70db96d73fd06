using System.CommandLine;
using System.Globalization;
using Teralog.Server.Configuration;

namespace Teralog.Server.Commands;

/// <summary>
/// <c>teralog dev</c>: a broker for trying things out, with temporary data that is removed at exit.
/// </summary>
internal static class DevCommand
{
    public static Command Build()
    {
        var options = new BrokerOptions();
        var port = new Option<int>("--port", "-p")
        {
            Description = "Port on 127.0.0.1; 0 takes a free one.",
            DefaultValueFactory = _ => 9092,
        };
        var command = new Command("dev", "Run a broker with temporary data, removed at exit. "
            + "Topics are created when they are used first.")
        {
            port, options.Set, options.Level,
        };
        command.SetAction(parsed => RunAsync(parsed, options, parsed.GetValue(port)));
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, BrokerOptions options, int port)
    {
        var streams = parsed.InvocationConfiguration;
        var folder = Directory.CreateTempSubdirectory("teralog-dev-").FullName;
        try
        {
            var loader = new ConfigurationLoader();
            AddDefaults(loader, folder, port);
            options.Read(parsed, loader);
            var configuration = BrokerOptions.Finish(loader, streams.Error);
            if (configuration is null)
                return ExitCode.Usage;
            WriteBanner(streams.Error, folder);
            return await new BrokerRun(streams.Output, streams.Error)
                .RunAsync(configuration, parsed.GetValue(options.Level)).ConfigureAwait(false);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void AddDefaults(ConfigurationLoader loader, string folder, int port)
    {
        var text = port.ToString(CultureInfo.InvariantCulture);
        loader.AddBuiltIn("listeners", $"PLAINTEXT://127.0.0.1:{text}");
        loader.AddBuiltIn("log.dirs", folder);
        loader.AddBuiltIn("auto.create.topics.enable", "true");
        loader.AddBuiltIn("group.initial.rebalance.delay.ms", "0");
        loader.AddBuiltIn("log.flush.mode", "os");
    }

    private static void WriteBanner(TextWriter errors, string folder)
    {
        errors.WriteLine("***********************************************************************");
        errors.WriteLine("***  DEVELOPMENT MODE: all data is temporary and GONE at exit.      ***");
        errors.WriteLine("***  Nothing is synced to disk, topics are created on first use.    ***");
        errors.WriteLine("***********************************************************************");
        errors.WriteLine($"Data: {folder}");
    }
}
