using System.Buffers;
using System.IO.Compression;
using Teralog.Abstractions;

namespace Teralog.Broker.Tests;

/// <summary>Gzip by the framework, enough for a test.</summary>
internal sealed class TestCodec : ICodec
{
    public string Name => "gzip";

    public int Id => 1;

    public CodecResult Decompress(
        ReadOnlySpan<byte> source, IBufferWriter<byte> destination, long capBytes)
    {
        try
        {
            using var plain = new MemoryStream();
            using (var packed = new GZipStream(
                new MemoryStream(source.ToArray()), CompressionMode.Decompress))
                packed.CopyTo(plain);
            if (plain.Length > capBytes)
                return CodecResult.CapExceeded;

            destination.Write(plain.ToArray());
            return CodecResult.Done;
        }
        catch (InvalidDataException)
        {
            return CodecResult.Corrupt;
        }
    }

    public CodecResult Compress(
        ReadOnlySpan<byte> source, IBufferWriter<byte> destination, int level)
    {
        using var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            stream.Write(source);
        destination.Write(packed.ToArray());
        return CodecResult.Done;
    }
}
