using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Teralog.Abstractions;
using Teralog.Records;
using Teralog.TestKit;

namespace Teralog.Benchmarks.Wire;

/// <summary>A batch and how many records it holds.</summary>
internal readonly record struct MadeBatch(byte[] Bytes, int Count);

/// <summary>Batches of seeded log lines that take as close to 16 KiB on the wire as whole lines
/// can, compressed or not.</summary>
internal static class Batches
{
    public const int SizeMaxBytes = 16 * 1024;
    private const ulong Seed = 20261125;

    /// <summary>So many batches, no two alike.</summary>
    public static MadeBatch[] Make(int count, CompressionType compression)
    {
        var nowMs = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        var made = new MadeBatch[count];
        long sequence = 0;
        for (var index = 0; index < count; index++)
        {
            made[index] = One(ref sequence, compression, nowMs);
        }
        return made;
    }

    /// <summary>Adds lines until the next would be too many: doubling, then halving
    /// steps.</summary>
    private static MadeBatch One(ref long sequence, CompressionType compression, long nowMs)
    {
        var count = 1;
        var step = 32;
        while (step > 0)
        {
            if (Build(sequence, count + step, compression, nowMs).Length <= SizeMaxBytes)
                count += step;
            else
                step /= 2;
        }
        var bytes = Build(sequence, count, compression, nowMs);
        sequence += count;
        return new(bytes, count);
    }

    private static byte[] Build(long first, int count, CompressionType compression, long nowMs)
    {
        var builder = new BatchBuilder();
        var line = new byte[LogLines.SizeMaxBytes];
        for (var sequence = first; sequence < first + count; sequence++)
        {
            var sizeBytes = LogLines.Write(Seed, sequence, line);
            builder.Add(nowMs, NullableBytes.Null, line.AsSpan(0, sizeBytes));
        }
        return builder.Build(new()
        {
            Compression = compression, Compressor = Compressor(compression),
        });
    }

    private static BatchCompressor? Compressor(CompressionType compression) => compression switch
    {
        CompressionType.None => null,
        CompressionType.Lz4 => Of(new Codec.Lz4.Lz4Plugin()),
        CompressionType.Zstd => Of(new Codec.Zstd.ZstdPlugin()),
        _ => throw new ArgumentOutOfRangeException(nameof(compression)),
    };

    private static BatchCompressor Of(IPlugin plugin)
    {
        var offer = new Offer();
        plugin.Register(offer, offer);
        return (records, output) =>
        {
            if (offer.Codec!.Compress(records, output, int.MinValue) != CodecResult.Done)
                throw new InvalidOperationException("The codec failed.");
        };
    }

    private sealed class Offer : IPluginRegistry, IPluginContext
    {
        public ICodec? Codec { get; private set; }

        public string PluginId => "benchmark";

        public ILoggerFactory Loggers => NullLoggerFactory.Instance;

        public IConfiguration Configuration => throw new NotSupportedException();

        public TimeProvider Clock => TimeProvider.System;

        public void AddCodec(ICodec codec) => Codec = codec;

        public void AddFrontend(IFrontend frontend) => throw new NotSupportedException();

        public void AddReplication(IReplicationStrategy strategy) =>
            throw new NotSupportedException();

        public void AddAssignor(IAssignor assignor) => throw new NotSupportedException();
    }
}
