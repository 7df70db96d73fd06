namespace Teralog.Records;

/// <summary>
/// The check of what a producer sent for one partition, before anything is stored: a pure
/// function that neither allocates nor decompresses. Header, CRC and bounds are always checked;
/// records only where they are not compressed. It refuses what Kafka refuses
/// (LogValidator.java), except what shows only after decompression.
/// </summary>
public static class BatchValidator
{
    /// <summary>Checks that the bytes are one batch that may be appended.</summary>
    /// <param name="bytes">The records of one partition of a produce request.</param>
    /// <param name="rules">What the topic asks.</param>
    /// <param name="maxTimestampMs">
    /// The largest timestamp: of the records if they are not compressed, else as the header says.
    /// A leader stores it in place of the header's. Meaningful only where the result is Ok.
    /// </param>
    public static BatchCheck Check(
        ReadOnlySpan<byte> bytes, in BatchRules rules, out long maxTimestampMs)
    {
        maxTimestampMs = BatchFormat.NoTimestamp;
        BatchCheck frame = CheckFrame(bytes);
        if (frame != BatchCheck.Ok)
            return frame;

        var batch = new BatchHeader(bytes);
        if (bytes.Length > rules.MaxMessageBytes)
            return BatchCheck.TooLarge;
        if (batch.ComputeCrc() != batch.Crc)
            return BatchCheck.CorruptCrc;

        BatchCheck header = CheckHeader(batch);
        if (header != BatchCheck.Ok)
            return header;

        if (batch.Compression == CompressionType.None)
            return CheckRecords(batch, rules, out maxTimestampMs);

        maxTimestampMs = batch.MaxTimestampMs;
        if (batch.RecordsSection.Length == 0)
            return BatchCheck.UnsupportedCodec;
        return AreTimestampsAllowed(maxTimestampMs, maxTimestampMs, rules)
            ? BatchCheck.Ok
            : BatchCheck.InvalidTimestamp;
    }

    private static BatchCheck CheckFrame(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < BatchFormat.MagicAt + 1)
            return BatchCheck.NotOneBatch;

        int length = System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(
            bytes[BatchFormat.LengthAt..]);
        if (length < BatchFormat.MagicAt + 1 - BatchFormat.LengthPrefixSizeBytes)
            return BatchCheck.BadLength;

        sbyte magic = (sbyte)bytes[BatchFormat.MagicAt];
        if (magic != BatchFormat.Magic)
            return magic is 0 or 1 ? BatchCheck.OldMagic : BatchCheck.BadMagic;
        if (length < BatchFormat.LengthFieldMin)
            return BatchCheck.BadLength;

        return bytes.Length - BatchFormat.LengthPrefixSizeBytes == length
            ? BatchCheck.Ok
            : CheckLeftOver(bytes, length);
    }

    // A length that is a byte off leaves a rest that starts with no batch.
    private static BatchCheck CheckLeftOver(ReadOnlySpan<byte> bytes, int length)
    {
        long restAt = (long)length + BatchFormat.LengthPrefixSizeBytes;
        if (restAt > bytes.Length)
            return BatchCheck.NotOneBatch;

        var batch = new BatchHeader(bytes);
        return batch.ComputeCrc() == batch.Crc ? BatchCheck.NotOneBatch : BatchCheck.CorruptCrc;
    }

    private static BatchCheck CheckHeader(in BatchHeader batch)
    {
        if (batch.BaseOffset != 0)
            return BatchCheck.BadBaseOffset;
        if (batch.Count <= 0 || batch.LastOffsetDelta != batch.Count - 1)
            return BatchCheck.BadCount;
        if (batch.IsControl)
            return BatchCheck.ControlBatch;
        if (batch.HasProducerId && batch.BaseSequence < 0)
            return BatchCheck.BadSequence;

        return batch.Compression > CompressionType.Zstd
            ? BatchCheck.UnsupportedCodec
            : BatchCheck.Ok;
    }

    private static BatchCheck CheckRecords(
        in BatchHeader batch, in BatchRules rules, out long maxTimestampMs)
    {
        RecordWalkResult walk = RecordWalk.Run(
            batch.RecordsSection, batch.Count, batch.BaseTimestampMs);
        maxTimestampMs = walk.MaxTimestampMs;
        if (!walk.IsWhole)
            return BatchCheck.InvalidRecord;
        if (rules.AreKeysRequired && !walk.HasAllKeys)
            return BatchCheck.MissingKey;

        return AreTimestampsAllowed(walk.MinTimestampMs, walk.MaxTimestampMs, rules)
            ? BatchCheck.Ok
            : BatchCheck.InvalidTimestamp;
    }

    private static bool AreTimestampsAllowed(long minMs, long maxMs, in BatchRules rules)
    {
        if (rules.TimestampType == TimestampType.LogAppendTime)
            return true;

        bool isTooOld = minMs != BatchFormat.NoTimestamp
            && minMs < rules.NowMs - rules.TimestampBeforeMaxMs;
        bool isTooNew = maxMs != BatchFormat.NoTimestamp
            && maxMs > SaturatingAdd(rules.NowMs, rules.TimestampAfterMaxMs);
        return !isTooOld && !isTooNew;
    }

    private static long SaturatingAdd(long left, long right) =>
        left > long.MaxValue - right ? long.MaxValue : left + right;
}
