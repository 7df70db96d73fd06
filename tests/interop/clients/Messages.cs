using System.Text;
using Teralog.TestKit;

namespace Teralog.Interop.Clients;

/// <summary>The records that every client writes and every other client reads.</summary>
internal static class Messages
{
    private const ulong Seed = 20260401;
    private const int LinesCount = 100;
    private const int LargeBytes = 1_000_000;

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>Keys, values and headers at their edges; text only, no tab and no
    /// newline.</summary>
    public static IEnumerable<Message> Text()
    {
        yield return new(null, Bytes("no key"));
        yield return new(Bytes("key"), Bytes("value"));
        yield return new(Bytes("empty value"), []);
        yield return new([], Bytes("empty key"));
        yield return new(Bytes("tombstone"), null);
        yield return new(Bytes("unicode é☃𝄞"), Bytes("значение, 値, τιμή"));
        yield return new(Bytes("one header"), Bytes("v"), ("trace", Bytes("abc")));
        yield return new(Bytes("same header twice"), Bytes("v"),
            ("part", Bytes("1")), ("part", Bytes("2")), ("other", Bytes("x")));
        yield return new(null, Bytes("empty header"), ("empty", []));
        yield return new(Bytes("large"), Large());
        for (var line = 0; line < LinesCount; line++)
            yield return new(Bytes($"line-{line}"), Line(line));
    }

    /// <summary>Those, and bytes of every kind but tab and newline, which text tools split
    /// at.</summary>
    public static IEnumerable<Message> Binary()
    {
        foreach (var message in Text())
            yield return message;
        var every = Enumerable.Range(0, 256).Select(each => (byte)each)
            .Where(each => each is not ((byte)'\t' or (byte)'\n')).ToArray();
        yield return new(every, every);
        yield return new([0], [0xFF, 0x00, 0xFE]);
    }

    private static byte[] Line(long sequence)
    {
        var line = new byte[LogLines.SizeMaxBytes];
        return line[..LogLines.Write(Seed, sequence, line)];
    }

    private static byte[] Large()
    {
        using var lines = new MemoryStream();
        LogLines.WriteTo(lines, Seed, 1_000, LargeBytes / 250);
        var large = lines.ToArray()[..LargeBytes];
        large.AsSpan().Replace((byte)'\n', (byte)' ');
        return large;
    }
}
