using System.CommandLine;
using Teralog.Server.Client;

namespace Teralog.Server.Commands;

/// <summary>What every command that talks to a broker takes, and how it fails.</summary>
internal sealed class ClientOptions
{
    public Option<string> Bootstrap { get; } = new("--bootstrap-server", "-b")
    {
        Description = "Brokers to ask first, separated by commas.", HelpName = "HOST:PORT",
        DefaultValueFactory = _ => "127.0.0.1:9092",
    };

    /// <summary>A topic option for commands that read or write one.</summary>
    public static Option<string> Topic() => new("--topic", "-t")
    {
        Description = "Topic.", HelpName = "TOPIC", Required = true,
    };

    /// <summary>A partition option for commands that read or write one topic.</summary>
    public static Option<int?> Partition() => new("--partition", "-p")
    {
        Description = "One partition; without it all.", HelpName = "N",
    };

    /// <summary>Runs the command's work; what the cluster or the network refuses is one sentence on
    /// stderr and exit code 1.</summary>
    public async Task<int> RunAsync(
        ParseResult parsed, CancellationToken cancellationToken,
        Func<KafkaClient, CancellationToken, Task<int>> work)
    {
        using var client = new KafkaClient(parsed.GetValue(Bootstrap)!);
        try
        {
            return await work(client, cancellationToken).ConfigureAwait(false);
        }
        catch (ClientException exception)
        {
            parsed.InvocationConfiguration.Error.WriteLine(exception.Message);
            return ExitCode.Failure;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Done;
        }
    }
}
