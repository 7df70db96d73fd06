using Teralog.Abstractions;
using Teralog.Records;

namespace Teralog.Broker;

/// <summary>
/// What only some topics ask for and what needs the records of a compressed batch: keys on a
/// compacted topic, another codec than the producer's. Memory is bounded by
/// max.decompressed.message.bytes and grows with what really comes out.
/// </summary>
internal static class BatchRewriter
{
    /// <summary>Whether all records of a batch have keys, and if not, which have none.</summary>
    internal static ProduceError CheckKeys(
        in BatchHeader batch, TopicSettings settings, CodecTable codecs)
    {
        if (batch.Compression == CompressionType.None)
            return Walk(batch, batch.RecordsSection, areKeysRequired: true);
        using var records = new PooledWriter();
        ProduceError error = Decompress(batch, settings, codecs, records);
        return error.Error != BrokerError.None
            ? error
            : Walk(batch, records.Written, areKeysRequired: true);
    }

    /// <summary>Writes the batch with another codec.</summary>
    internal static ProduceError Recompress(
        in BatchHeader batch, CompressionType codec, TopicSettings settings, CodecTable codecs,
        PooledWriter output)
    {
        using var records = new PooledWriter();
        ReadOnlySpan<byte> plain = batch.RecordsSection;
        if (batch.Compression != CompressionType.None)
        {
            ProduceError error = Decompress(batch, settings, codecs, records);
            if (error.Error == BrokerError.None)
                error = Walk(batch, records.Written, areKeysRequired: false);
            if (error.Error != BrokerError.None)
                return error;
            plain = records.Written;
        }

        batch.Bytes[..BatchFormat.HeaderSizeBytes].CopyTo(
            output.GetSpan(BatchFormat.HeaderSizeBytes));
        output.Advance(BatchFormat.HeaderSizeBytes);
        CodecResult written = Compress(plain, codec, settings.CompressionLevel, codecs, output);
        if (written != CodecResult.Done)
            return Of(written, codec);

        var editor = new BatchEditor(output.Written);
        editor.SetLength(output.WrittenBytes - BatchFormat.LengthPrefixSizeBytes);
        const int codecMask = 0x07;
        editor.SetAttributes((short)((batch.Attributes & ~codecMask) | (int)codec));
        editor.SealCrc();
        return ProduceError.None;
    }

    /// <summary>The plain records of a compressed batch.</summary>
    internal static ProduceError Decompress(
        in BatchHeader batch, TopicSettings settings, CodecTable codecs, PooledWriter output)
    {
        ICodec? codec = codecs.Find(batch.Compression);
        CodecResult result = codec is null
            ? CodecResult.Unsupported
            : codec.Decompress(batch.RecordsSection, output, settings.DecompressedBytesMax);
        return Of(result, batch.Compression);
    }

    private static CodecResult Compress(
        ReadOnlySpan<byte> plain, CompressionType type, int level, CodecTable codecs,
        PooledWriter output)
    {
        if (type != CompressionType.None)
            return codecs.Find(type)?.Compress(plain, output, level) ?? CodecResult.Unsupported;

        plain.CopyTo(output.GetSpan(plain.Length));
        output.Advance(plain.Length);
        return CodecResult.Done;
    }

    private static ProduceError Walk(
        in BatchHeader batch, ReadOnlySpan<byte> records, bool areKeysRequired)
    {
        List<int>? withoutKey = null;
        var reader = new RecordReader(batch, records);
        for (int position = 0; reader.TryRead(out RecordView record); position++)
        {
            if (areKeysRequired && record.Key.IsNull)
                (withoutKey ??= []).Add(position);
        }

        if (reader.IsMalformed)
            return ProduceError.Of(BatchCheck.InvalidRecord);
        return withoutKey is null ? ProduceError.None : ProduceError.MissingKeys(withoutKey);
    }

    private static ProduceError Of(CodecResult result, CompressionType type) => result switch
    {
        CodecResult.Done => ProduceError.None,
        CodecResult.CapExceeded => new(
            BrokerError.RecordTooLarge,
            "The batch decompresses to more than max.decompressed.message.bytes."),
        CodecResult.Corrupt => new(BrokerError.CorruptBatch, "The batch does not decompress."),
        CodecResult.Unsupported => new(
            BrokerError.UnsupportedCodec, $"No codec is loaded for {type}."),
        _ => throw new InvariantException($"No such result: {result}"),
    };
}
