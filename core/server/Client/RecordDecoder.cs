using System.Buffers;
using Teralog.Abstractions;
using Teralog.Records;

namespace Teralog.Server.Client;

/// <summary>Opens batches for reading, with the codecs that the plugins offer.</summary>
internal sealed class RecordDecoder(IEnumerable<ICodec> codecs)
{
    private readonly Dictionary<int, ICodec> _codecs =
        codecs.Where(codec => codec.Id > 0).ToDictionary(codec => codec.Id);
    private readonly ArrayBufferWriter<byte> _plain = new();

    /// <summary>A reader that is valid until the next call.</summary>
    /// <exception cref="ClientException">The codec is missing, or the bytes are not its own.
    /// </exception>
    public RecordReader Open(in BatchHeader batch)
    {
        if (batch.Compression == CompressionType.None)
            return new RecordReader(batch);
        if (!_codecs.TryGetValue((int)batch.Compression, out var codec))
            throw new ClientException($"No plugin offers the codec {batch.Compression}: see "
                + "teralog plugin list.");
        _plain.ResetWrittenCount();
        var result = codec.Decompress(
            batch.RecordsSection, _plain, Limits.DecompressedBytesMax);
        return result == CodecResult.Done
            ? new RecordReader(batch, _plain.WrittenSpan)
            : throw new ClientException(
                $"The batch at offset {batch.BaseOffset} cannot be decompressed: {result}.");
    }
}
