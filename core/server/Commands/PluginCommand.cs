using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Teralog.PluginHost;
using Teralog.Server.Configuration;

namespace Teralog.Server.Commands;

/// <summary><c>teralog plugin list</c>: loads the plugins as a start would, and says what became of
/// each.</summary>
internal static class PluginCommand
{
    public static Command Build() => new("plugin", "Plugins of this installation.") { List() };

    private static Command List()
    {
        var options = new BrokerOptions();
        var command = new Command("list", "List the plugins; exit 1 if one is refused.")
        {
            options.File, options.Set,
        };
        command.SetAction(parsed =>
        {
            var streams = parsed.InvocationConfiguration;
            if (options.Load(parsed) is not { } configuration)
                return ExitCode.Usage;
            var result = PluginLoader.Load(configuration.PluginFolder, new PluginHostServices(
                NullLoggerFactory.Instance, new SettingsConfiguration(configuration.Settings),
                TimeProvider.System));
            Terminal.Table(streams.Output, ["ID", "KIND", "VERSION", "STATUS", "OFFERS", "PATH"],
                result.Plugins.Select(Row));
            foreach (var refusal in result.Refusals)
                streams.Error.WriteLine(refusal);
            return result.Catalog is null ? ExitCode.Failure : ExitCode.Done;
        });
        return command;
    }

    private static string[] Row(PluginInfo plugin) =>
    [
        plugin.Id, plugin.Kind?.ToString().ToLowerInvariant() ?? "-", plugin.Version,
        plugin.Status.ToString().ToLowerInvariant(),
        plugin.Status == PluginStatus.Loaded ? plugin.Message : "-", plugin.Path,
    ];
}
