using System.CommandLine;
using System.CommandLine.Invocation;
using Teralog.Server.Hosting;

namespace Teralog.Server.Commands;

/// <summary>All commands. Exit codes: 0 done, 1 failed, 2 wrong usage or configuration.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var parsed = Build().Parse(arguments);
        var isWrong = parsed.Errors.Count > 0 && parsed.Action is ParseErrorAction;
        if (parsed.Action is ParseErrorAction complaint)
            complaint.ShowHelp = false;
        var code = await parsed.InvokeAsync(new InvocationConfiguration
        {
            // Signals are the commands' own matter: a broker has to close its logs first.
            ProcessTerminationTimeout = null,
            EnableDefaultExceptionHandler = false,
        }).ConfigureAwait(false);
        return isWrong ? ExitCode.Usage : code;
    }

    private static RootCommand Build()
    {
        var root = new RootCommand("A message broker that speaks Kafka's protocol.")
        {
            ServeCommand.Build(), DevCommand.Build(), ConfigCommand.Build(), TopicCommand.Build(),
            ProduceCommand.Build(), ConsumeCommand.Build(), PluginCommand.Build(),
        };
        foreach (var option in root.Options.OfType<VersionOption>())
            option.Action = new ShowVersion();
        return root;
    }

    private sealed class ShowVersion : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine($"teralog {ServerVersion.Text}");
            return ExitCode.Done;
        }
    }
}
