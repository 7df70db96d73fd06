using System.Text;
using Teralog.Interop.Harness;

namespace Teralog.Interop.Clients;

/// <summary>Kafka's own producer and consumer by their console tools: text, tabs between.</summary>
internal sealed class JavaClient : ITestClient
{
    private const string Null = "NIL";

    public string[] Codecs => ["none", "gzip", "snappy", "lz4", "zstd"];

    public void Require() => Requires.Java();

    public static Task<CommandResult> ToolAsync(params string[] arguments) =>
        Command.RunAsync(Paths.Kafka!, arguments);

    public async Task<List<Message>> WriteAsync(string address, string topic)
    {
        var messages = Messages.Text().ToList();
        var input = Messages.Bytes(string.Concat(messages.Select(ToLine)));
        var written = new List<Message>();
        foreach (var codec in Codecs)
        {
            string[] arguments =
                ["producer", "--bootstrap-server", address, "--topic", topic,
                 "--compression-codec", codec, "--command-property", "max.request.size=2000000",
                 "--reader-property", "parse.key=true", "--reader-property", "parse.headers=true",
                 "--reader-property", "key.separator=\t",
                 "--reader-property", "headers.delimiter=\t",
                 "--reader-property", $"null.marker={Null}"];
            (await Command.RunAsync(Paths.Kafka!, arguments,
                async stream => await stream.WriteAsync(input))).Ok();
            written.AddRange(messages);
        }
        return written;
    }

    public async Task<List<Message>> ReadAsync(string address, string topic, int count)
    {
        var read = await ToolAsync("consumer", "--bootstrap-server", address, "--topic", topic,
            "--from-beginning", "--max-messages", $"{count}", "--timeout-ms", "30000",
            "--formatter-property", "print.key=true", "--formatter-property", "print.headers=true",
            "--formatter-property", $"null.literal={Null}");
        return [.. Split(read.Ok().OutputBytes, '\n').SkipLast(1).Select(FromLine)];
    }

    private static string ToLine(Message message)
    {
        var headers = message.Headers
            .Select(each => $"{each.Name}:{Encoding.UTF8.GetString(each.Value)}");
        var joined = message.Headers.Length == 0 ? Null : string.Join(',', headers);
        return $"{joined}\t{Text(message.Key)}\t{Text(message.Value)}\n";
    }

    private static string Text(byte[]? bytes) =>
        bytes is null ? Null : Encoding.UTF8.GetString(bytes);

    private static Message FromLine(byte[] line)
    {
        var fields = Split(line, '\t');
        var headers = Encoding.UTF8.GetString(fields[0]);
        return new(Bytes(fields[1]), Bytes(fields[2]), headers == "NO_HEADERS" ? [] :
            [.. headers.Split(',').Select(each => each.Split(':', 2))
                .Select(each => (each[0], Messages.Bytes(each[1])))]);
    }

    private static byte[]? Bytes(byte[] field) =>
        field.AsSpan().SequenceEqual("NIL"u8) ? null : field;

    private static List<byte[]> Split(byte[] bytes, char separator)
    {
        var parts = new List<byte[]>();
        var from = 0;
        for (var at = 0; at <= bytes.Length; at++)
        {
            if (at < bytes.Length && bytes[at] != separator)
                continue;
            parts.Add(bytes[from..at]);
            from = at + 1;
        }
        return parts;
    }
}
