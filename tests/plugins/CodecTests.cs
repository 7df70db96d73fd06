using System.Buffers;
using System.Text;
using Teralog.Abstractions;
using Teralog.Codec.Gzip;
using Teralog.Codec.Lz4;
using Teralog.Codec.Snappy;
using Teralog.Codec.Zstd;

namespace Teralog.Plugins.Tests;

public sealed class CodecTests
{
    internal static readonly ICodec[] All =
    [
        Offers.Of(new GzipPlugin()).Codecs.Single(),
        Offers.Of(new SnappyPlugin()).Codecs.Single(),
        Offers.Of(new Lz4Plugin()).Codecs.Single(),
        Offers.Of(new ZstdPlugin()).Codecs.Single(),
    ];

    public static TheoryData<string> Names => [.. All.Select(codec => codec.Name)];

    [Fact]
    public void Names_and_ids_are_those_of_the_batch_attributes() =>
        Assert.Equal(
            [("gzip", 1), ("snappy", 2), ("lz4", 3), ("zstd", 4)],
            All.Select(codec => (codec.Name, codec.Id)));

    [Theory, MemberData(nameof(Names))]
    public void What_was_compressed_comes_back(string name)
    {
        var codec = Named(name);
        foreach (int length in (int[])[0, 1, 100, 32768, 32769, 65536, 300_000, 3_000_000])
        {
            byte[] plain = Text(length);
            byte[] packed = Compress(codec, plain);
            var (result, back) = Decompress(codec, packed, length);
            Assert.Equal(CodecResult.Done, result);
            Assert.Equal(plain, back);
            Assert.True(length < 32768 || packed.Length < length / 2);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void A_cap_below_the_plain_length_is_said(string name)
    {
        byte[] packed = Compress(Named(name), Text(100_000));
        Assert.Equal(CodecResult.CapExceeded, Decompress(Named(name), packed, 99_999).Result);
    }

    [Theory, MemberData(nameof(Names))]
    public void A_bomb_stops_at_the_cap(string name)
    {
        byte[] packed = Compress(Named(name), new byte[64 << 20]);
        var output = new ArrayBufferWriter<byte>();
        Assert.Equal(CodecResult.CapExceeded, Named(name).Decompress(packed, output, 1 << 20));
        Assert.True(output.WrittenCount <= 1 << 20);
    }

    [Theory, MemberData(nameof(Names))]
    public void Every_truncation_is_corrupt_or_shorter(string name)
    {
        byte[] plain = Text(5_000);
        byte[] packed = Compress(Named(name), plain);
        for (int length = 1; length < packed.Length; length++)
        {
            var (result, back) = Decompress(Named(name), packed[..length], plain.Length);
            if (result == CodecResult.Done) Assert.True(back.Length <= plain.Length);
            else Assert.Equal(CodecResult.Corrupt, result);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void Flipped_bytes_never_throw_and_never_pass_the_cap(string name)
    {
        byte[] plain = Text(5_000);
        byte[] packed = Compress(Named(name), plain);
        for (int at = 0; at < packed.Length; at++)
        {
            byte[] broken = [.. packed];
            broken[at] ^= 0x55;
            var output = new ArrayBufferWriter<byte>();
            Named(name).Decompress(broken, output, 10_000);
            Assert.True(output.WrittenCount <= 10_000);
        }
    }

    [Theory]
    [InlineData("gzip", 1, true), InlineData("gzip", 9, true), InlineData("gzip", 10, false)]
    [InlineData("lz4", 1, true), InlineData("lz4", 17, true), InlineData("lz4", 18, false)]
    [InlineData("zstd", -5, true), InlineData("zstd", 22, true), InlineData("zstd", 23, false)]
    [InlineData("snappy", 1, false)]
    public void Levels_are_kafkas(string name, int level, bool served)
    {
        var output = new ArrayBufferWriter<byte>();
        var result = Named(name).Compress(Text(1000), output, level);
        Assert.Equal(served ? CodecResult.Done : CodecResult.Unsupported, result);
    }

    internal static (CodecResult Result, byte[] Plain) Decompress(
        ICodec codec, ReadOnlySpan<byte> packed, long cap)
    {
        var output = new ArrayBufferWriter<byte>();
        var result = codec.Decompress(packed, output, cap);
        return (result, output.WrittenSpan.ToArray());
    }

    private static byte[] Compress(ICodec codec, byte[] plain)
    {
        var output = new ArrayBufferWriter<byte>();
        Assert.Equal(CodecResult.Done, codec.Compress(plain, output, int.MinValue));
        return output.WrittenSpan.ToArray();
    }

    private static ICodec Named(string name) => All.Single(codec => codec.Name == name);

    private static byte[] Text(int length)
    {
        var text = new StringBuilder(length + 64);
        for (int line = 0; text.Length < length; line++)
            text.Append("{\"line\":").Append(line).Append(",\"level\":\"INFO\"}\n");
        return Encoding.ASCII.GetBytes(text.ToString(0, length));
    }
}
