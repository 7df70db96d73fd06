using System.Globalization;
using System.Text;
using Teralog.Interop.Harness;

namespace Teralog.Interop.Clients;

/// <summary>kcat: lines in; on the way out a format with lengths, so that any byte may
/// follow.</summary>
internal sealed class KcatClient : ITestClient
{
    public string[] Codecs => ["none", "gzip", "snappy", "lz4", "zstd"];

    public void Require() => Requires.Kcat();

    public async Task<List<Message>> WriteAsync(string address, string topic)
    {
        var plain = Messages.Text().Where(IsPlain).ToList();
        var bytes = plain.SelectMany(each =>
            (byte[])[.. each.Key!, (byte)'\t', .. each.Value ?? [], (byte)'\n']).ToArray();
        var written = new List<Message>();
        foreach (var codec in Codecs)
        {
            await ProduceAsync(address, topic, codec, bytes, "-Z", "-K", "\t");
            written.AddRange(plain);
            await ProduceAsync(address, topic, codec, Messages.Bytes("with headers\n"),
                "-k", "fixed", "-H", "a=1", "-H", "a=2", "-H", "trace=xyz");
            written.Add(new(Messages.Bytes("fixed"), Messages.Bytes("with headers"),
                ("a", [(byte)'1']), ("a", [(byte)'2']), ("trace", Messages.Bytes("xyz"))));
        }
        return written;
    }

    public async Task<List<Message>> ReadAsync(string address, string topic, int count)
    {
        var read = await Command.RunAsync("kcat", "-b", address, "-C", "-q", "-t", topic,
            "-p", "0", "-o", "beginning", "-c", $"{count}", "-f", "%K %S %k%s%h\n");
        return [.. Parse(read.Ok().OutputBytes)];
    }

    private static async Task ProduceAsync(
        string address, string topic, string codec, byte[] input, params string[] more)
    {
        string[] arguments =
            ["-b", address, "-P", "-t", topic, "-p", "0", "-z", codec,
             "-X", "message.max.bytes=2000000", .. more];
        var produced = await Command.RunAsync("kcat", arguments,
            async stream => await stream.WriteAsync(input));
        Assert.Equal("", produced.Ok().Errors);
    }

    /// <summary>kcat has no headers per message, and -Z makes every empty field a null.</summary>
    private static bool IsPlain(Message message) =>
        message is { Headers.Length: 0, Key.Length: > 0, Value: null or { Length: > 0 } };

    private static IEnumerable<Message> Parse(byte[] output)
    {
        var at = 0;
        while (at < output.Length)
        {
            var keyBytes = Number(output, ref at);
            var valueBytes = Number(output, ref at);
            var key = Take(output, ref at, keyBytes);
            var value = Take(output, ref at, valueBytes);
            var end = Array.IndexOf(output, (byte)'\n', at);
            var headers = Encoding.UTF8.GetString(output, at, end - at)
                .Split(',', StringSplitOptions.RemoveEmptyEntries)
                .Select(each => each.Split('=', 2))
                .Select(each => (each[0], Messages.Bytes(each[1])));
            at = end + 1;
            yield return new(key, value, [.. headers]);
        }
    }

    private static int Number(byte[] output, ref int at)
    {
        var end = Array.IndexOf(output, (byte)' ', at);
        var number = int.Parse(output.AsSpan(at, end - at), CultureInfo.InvariantCulture);
        at = end + 1;
        return number;
    }

    private static byte[]? Take(byte[] output, ref int at, int lengthBytes)
    {
        if (lengthBytes < 0)
            return null;
        var taken = output[at..(at + lengthBytes)];
        at += lengthBytes;
        return taken;
    }
}
