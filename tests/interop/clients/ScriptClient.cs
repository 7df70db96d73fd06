using System.Text.Json;
using Teralog.Interop.Harness;

namespace Teralog.Interop.Clients;

/// <summary>
/// A client in another language behind a script of ours: `write` takes messages as JSON lines
/// with base64 fields, `read` gives them, and the other commands are scenarios that check
/// themselves and end with 0 when all held.
/// </summary>
internal sealed class ScriptClient(
    string program, string script, Action require, string[] codecs) : ITestClient
{
    public static readonly ScriptClient KafkaPython =
        new(Requires.Python, "python/kafka_python.py", Requires.KafkaPython,
            ["none", "gzip", "snappy", "lz4", "zstd"]);

    public static readonly ScriptClient ConfluentPython =
        new(Requires.Python, "python/confluent.py", Requires.ConfluentPython,
            ["none", "gzip", "snappy", "lz4", "zstd"]);

    public static readonly ScriptClient KafkaJs =
        new("node", "node/client.mjs", Requires.KafkaJs,
            ["none", "gzip", "snappy", "lz4", "zstd"]);

    public string[] Codecs => codecs;

    public void Require() => require();

    public async Task<List<Message>> WriteAsync(string address, string topic)
    {
        var messages = Messages.Binary().ToList();
        var lines = string.Join('\n', messages.Select(ToJson));
        var written = new List<Message>();
        foreach (var codec in codecs)
        {
            (await RunAsync(lines, "write", address, topic, codec)).Ok();
            written.AddRange(messages);
        }
        return written;
    }

    public async Task<List<Message>> ReadAsync(string address, string topic, int count)
    {
        var read = await RunAsync("", "read", address, topic, $"{count}");
        return [.. read.Ok().Lines.Select(FromJson)];
    }

    /// <summary>Runs one of the script's scenarios; fails with what it printed.</summary>
    public async Task ScenarioAsync(string scenario, string address, params string[] more)
    {
        require();
        (await RunAsync("", [scenario, address, .. more])).Ok();
    }

    private Task<CommandResult> RunAsync(string input, params string[] arguments) =>
        Command.RunAsync(program,
            [Path.Combine(Paths.Interop, script), .. arguments],
            async stream => await stream.WriteAsync(Messages.Bytes(input)));

    private static string ToJson(Message message) => JsonSerializer.Serialize(new
    {
        key = message.Key,
        value = message.Value,
        headers = message.Headers.Select(each => new object[] { each.Name, each.Value }),
    });

    private static Message FromJson(string line)
    {
        var json = JsonDocument.Parse(line).RootElement;
        var headers = json.GetProperty("headers").EnumerateArray()
            .Select(each => (each[0].GetString()!, each[1].GetBytesFromBase64())).ToArray();
        return new(Bytes(json.GetProperty("key")), Bytes(json.GetProperty("value")), headers);
    }

    private static byte[]? Bytes(JsonElement field) =>
        field.ValueKind == JsonValueKind.Null ? null : field.GetBytesFromBase64();
}
