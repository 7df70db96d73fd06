using System.CommandLine;
using Teralog.Server.Client;

namespace Teralog.Server.Commands;

/// <summary><c>teralog produce</c>: every line of standard input is a record, acks=all.</summary>
internal static class ProduceCommand
{
    public static Command Build()
    {
        var options = new ClientOptions();
        var topic = ClientOptions.Topic();
        var partition = ClientOptions.Partition();
        var command = new Command("produce", "Send each line of standard input as a record.")
        {
            options.Bootstrap, topic, partition,
        };
        command.SetAction((parsed, cancellationToken) => options.RunAsync(
            parsed, cancellationToken, async (client, cancel) =>
            {
                using var input = Console.OpenStandardInput();
                var producer = new LineProducer(
                    client, parsed.GetValue(topic)!, parsed.GetValue(partition),
                    TimeProvider.System);
                var count = await producer.RunAsync(input, cancel).ConfigureAwait(false);
                parsed.InvocationConfiguration.Error.WriteLine($"{count} records acknowledged.");
                return ExitCode.Done;
            }));
        return command;
    }
}
