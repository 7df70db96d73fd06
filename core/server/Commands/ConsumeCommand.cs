using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Teralog.Abstractions;
using Teralog.PluginHost;
using Teralog.Server.Client;
using Teralog.Server.Configuration;

namespace Teralog.Server.Commands;

/// <summary><c>teralog consume</c>: every record's value is a line on standard output.</summary>
internal static class ConsumeCommand
{
    public static Command Build()
    {
        var options = new ClientOptions();
        var topic = ClientOptions.Topic();
        var partition = ClientOptions.Partition();
        var offset = new Option<string>("--offset", "-o")
        {
            Description = "Where to begin: start, end, an offset, or -N for the last N records of "
                + "each partition.",
            HelpName = "OFFSET", DefaultValueFactory = _ => "end",
        };
        offset.Validators.Add(result =>
        {
            if (ParseOffset(result.GetValueOrDefault<string>()) is null)
                result.AddError("--offset is start, end, N or -N.");
        });
        var beginning = new Option<bool>("--from-beginning") { Description = "--offset start." };
        var count = new Option<long>("--count", "-n")
        {
            Description = "Stop after so many records.", HelpName = "N",
            DefaultValueFactory = _ => long.MaxValue,
        };
        var exit = new Option<bool>("--exit-at-end", "-e") { Description = "Stop at the end." };
        var command = new Command("consume", "Print each record's value as a line.")
        {
            options.Bootstrap, topic, partition, offset, beginning, count, exit,
        };
        command.SetAction((parsed, cancellationToken) =>
        {
            var start = parsed.GetValue(beginning)
                ? ConsumeOptions.Beginning
                : ParseOffset(parsed.GetValue(offset)!)!.Value;
            var wanted = new ConsumeOptions(
                parsed.GetValue(topic)!, parsed.GetValue(partition), start,
                parsed.GetValue(count), parsed.GetValue(exit));
            return options.RunAsync(parsed, cancellationToken, async (client, cancel) =>
            {
                using var output = new BufferedStream(
                    Console.OpenStandardOutput(), Limits.ReadBytes);
                await new LineConsumer(client, wanted, new RecordDecoder(Codecs()))
                    .RunAsync(output, cancel).ConfigureAwait(false);
                return ExitCode.Done;
            });
        });
        return command;
    }

    /// <summary>Null where the text is none of start, end, N, -N.</summary>
    internal static long? ParseOffset(string? text) => text switch
    {
        "start" or "beginning" => ConsumeOptions.Beginning,
        "end" => ConsumeOptions.End,
        _ when !long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
            out var number) => null,
        ['-', ..] => ConsumeOptions.BeforeEnd(-long.Parse(text, CultureInfo.InvariantCulture)),
        _ => long.Parse(text, CultureInfo.InvariantCulture),
    };

    /// <summary>The codecs of this installation's plugins.</summary>
    private static IEnumerable<ICodec> Codecs()
    {
        var configuration = new ConfigurationLoader().Finish()
            ?? throw new ClientException("The built-in configuration is not sound.");
        var loaded = PluginLoader.Load(configuration.PluginFolder, new PluginHostServices(
            NullLoggerFactory.Instance, new SettingsConfiguration(configuration.Settings),
            TimeProvider.System));
        return loaded.Catalog?.Codecs.Values
            ?? throw new ClientException(string.Join(' ', loaded.Refusals));
    }
}
