using System.CommandLine;
using Teralog.Broker;
using Teralog.Server.Configuration;

namespace Teralog.Server.Commands;

/// <summary><c>teralog config check</c> and <c>teralog config print</c>: nothing is started.
/// </summary>
internal static class ConfigCommand
{
    public static Command Build() =>
        new("config", "Check or print a broker's configuration.") { Check(), Print() };

    private static Command Check()
    {
        var options = new BrokerOptions();
        var command = new Command("check", "Say every error of a configuration; exit 2 if any.")
        {
            options.File, options.Set,
        };
        command.SetAction(parsed =>
        {
            var streams = parsed.InvocationConfiguration;
            if (options.Load(parsed) is not { } configuration)
                return ExitCode.Usage;
            foreach (var warning in configuration.Warnings)
                streams.Error.WriteLine($"warning: {warning}");
            var set = configuration.Changed.Count(one => one.Origin != Setting.BuiltIn);
            streams.Output.WriteLine($"The configuration is sound: {set} settings.");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Print()
    {
        var options = new BrokerOptions();
        var origin = new Option<bool>("--origin") { Description = "Say where each value is from." };
        var changed = new Option<bool>("--changed") { Description = "Only what somebody set." };
        var command = new Command("print", "Print the effective configuration as a property file.")
        {
            options.File, options.Set, origin, changed,
        };
        command.SetAction(parsed =>
        {
            var streams = parsed.InvocationConfiguration;
            if (options.Load(parsed) is not { } configuration)
                return ExitCode.Usage;
            foreach (var setting in Effective(configuration, parsed.GetValue(changed)))
                streams.Output.WriteLine(Line(setting, parsed.GetValue(origin)));
            return ExitCode.Done;
        });
        return command;
    }

    private static IEnumerable<Setting> Effective(
        ServerConfiguration configuration, bool onlyChanged)
    {
        var set = configuration.Changed;
        if (onlyChanged)
            return set.Where(one => one.Origin != Setting.BuiltIn);
        var names = set.Select(one => one.Name).ToHashSet(StringComparer.Ordinal);
        var defaults = ConfigRegistry.Brokers.All
            .Where(one => !names.Contains(one.Name)
                && one is { IsHidden: false, Default: not null })
            .Select(one => new Setting(one.Name, one.Default!, "default"));
        return set.Concat(defaults).OrderBy(one => one.Name, StringComparer.Ordinal);
    }

    private static string Line(Setting setting, bool withOrigin)
    {
        var line = $"{setting.Name}={SecretFilter.Shown(setting.Name, setting.Value)}";
        return withOrigin ? $"# {setting.Origin}{Environment.NewLine}{line}" : line;
    }
}
