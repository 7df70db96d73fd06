using System.CommandLine;
using System.Globalization;
using Teralog.Server.Client;
using Teralog.Server.Messages;

namespace Teralog.Server.Commands;

/// <summary><c>teralog topic create|list|describe|delete</c>.</summary>
internal static class TopicCommand
{
    public static Command Build() => new("topic", "Create, list, describe and delete topics.")
    {
        Create(), List(), Describe(), Delete(),
    };

    private static Command Create()
    {
        var options = new ClientOptions();
        var names = Names();
        var partitions = new Option<int>("--partitions", "-p")
        {
            Description = "Partitions; the broker's default without it.", HelpName = "N",
            DefaultValueFactory = _ => -1,
        };
        var replicas = new Option<short>("--replicas", "-r")
        {
            Description = "Copies; the broker's default without it.", HelpName = "N",
            DefaultValueFactory = _ => -1,
        };
        var set = new Option<string[]>("--config", "-c")
        {
            Description = "One topic setting; may be repeated.", HelpName = "NAME=VALUE",
            DefaultValueFactory = _ => [],
        };
        set.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => token.Value.IndexOf('=') < 1))
                result.AddError("--config takes NAME=VALUE.");
        });
        var command = new Command("create", "Create topics.")
        {
            names, options.Bootstrap, partitions, replicas, set,
        };
        command.SetAction((parsed, cancellationToken) => EachAsync(
            options, parsed, names, cancellationToken, "created",
            (admin, name, cancel) => admin.CreateAsync(
                name, parsed.GetValue(partitions), parsed.GetValue(replicas),
                parsed.GetValue(set)!.Select(ParseSetting), cancel)));
        return command;
    }

    private static Command Delete()
    {
        var options = new ClientOptions();
        var names = Names();
        var command = new Command("delete", "Delete topics.") { names, options.Bootstrap };
        command.SetAction((parsed, cancellationToken) => EachAsync(
            options, parsed, names, cancellationToken, "deleted",
            (admin, name, cancel) => admin.DeleteAsync(name, cancel)));
        return command;
    }

    private static Command List()
    {
        var options = new ClientOptions();
        var command = new Command("list", "List topics.") { options.Bootstrap };
        command.SetAction((parsed, cancellationToken) => options.RunAsync(
            parsed, cancellationToken, async (client, cancel) =>
            {
                var metadata = await client.MetadataAsync(null, mayCreate: false, cancel)
                    .ConfigureAwait(false);
                Terminal.Table(
                    parsed.InvocationConfiguration.Output, ["TOPIC", "PARTITIONS", "REPLICAS"],
                    metadata.Topics.OrderBy(topic => topic.Name, StringComparer.Ordinal).Select(
                        topic => (string[])[topic.Name!, Text(topic.Partitions.Count),
                            Text(topic.Partitions.Max(one => one.ReplicaNodes.Count))]));
                return ExitCode.Done;
            }));
        return command;
    }

    private static Command Describe()
    {
        var options = new ClientOptions();
        var names = Names();
        var command = new Command("describe", "Partitions and settings of topics.")
        {
            names, options.Bootstrap,
        };
        command.SetAction((parsed, cancellationToken) => options.RunAsync(
            parsed, cancellationToken, async (client, cancel) =>
            {
                foreach (var name in parsed.GetValue(names)!)
                {
                    var topic = await client.TopicAsync(name, mayCreate: false, cancel)
                        .ConfigureAwait(false);
                    var configs = await new TopicAdmin(client).ConfigsAsync(name, cancel)
                        .ConfigureAwait(false);
                    Show(parsed.InvocationConfiguration.Output, topic, configs);
                }

                return ExitCode.Done;
            }));
        return command;
    }

    private static void Show(
        TextWriter output, MetadataResponse.Topic topic,
        List<KeyValuePair<string, string?>> configs)
    {
        output.WriteLine($"topic    {topic.Name}");
        foreach (var config in configs)
            output.WriteLine($"config   {config.Key}={config.Value}");
        Terminal.Table(
            output, ["PARTITION", "LEADER", "EPOCH", "REPLICAS", "IN-SYNC"],
            topic.Partitions.OrderBy(one => one.PartitionIndex).Select(one => (string[])
            [
                Text(one.PartitionIndex), Text(one.LeaderId), Text(one.LeaderEpoch),
                string.Join(',', one.ReplicaNodes), string.Join(',', one.IsrNodes),
            ]));
    }

    /// <summary>Goes through all names; exit code 1 when one failed.</summary>
    private static Task<int> EachAsync(
        ClientOptions options, ParseResult parsed, Argument<string[]> names,
        CancellationToken cancellationToken, string done,
        Func<TopicAdmin, string, CancellationToken, Task> change) => options.RunAsync(
        parsed, cancellationToken, async (client, cancel) =>
        {
            var code = ExitCode.Done;
            foreach (var name in parsed.GetValue(names)!)
            {
                try
                {
                    await change(new TopicAdmin(client), name, cancel).ConfigureAwait(false);
                    parsed.InvocationConfiguration.Output.WriteLine($"{name} {done}");
                }
                catch (ClientException exception)
                {
                    parsed.InvocationConfiguration.Error.WriteLine(exception.Message);
                    code = ExitCode.Failure;
                }
            }

            return code;
        });

    private static Argument<string[]> Names() => new("topic")
    {
        Description = "Topic names.", Arity = ArgumentArity.OneOrMore,
    };

    private static KeyValuePair<string, string> ParseSetting(string text)
    {
        var at = text.IndexOf('=');
        return new(text[..at], text[(at + 1)..]);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
