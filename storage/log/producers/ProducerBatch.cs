namespace Teralog.Storage;

/// <summary>One of the last batches of a producer.</summary>
/// <param name="LastSequence">Sequence of its last record.</param>
/// <param name="LastOffset">Offset of its last record.</param>
/// <param name="OffsetDelta">Last offset minus base offset.</param>
/// <param name="TimestampMs">Its max timestamp.</param>
internal readonly record struct ProducerBatch(
    int LastSequence, long LastOffset, int OffsetDelta, long TimestampMs)
{
    internal long BaseOffset => LastOffset - OffsetDelta;

    /// <summary>Sequences wrap after int.MaxValue.</summary>
    internal int FirstSequence => (int)(((long)LastSequence - OffsetDelta) & int.MaxValue);
}
