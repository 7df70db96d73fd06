namespace Teralog.Storage;

/// <summary>The result of <see cref="Log.CheckProducer"/>.</summary>
/// <param name="Status">What to do with the batch.</param>
/// <param name="BaseOffset">Of a duplicate: the base offset of the batch as first appended.</param>
/// <param name="LastOffset">Of a duplicate: its last offset.</param>
/// <param name="TimestampMs">Of a duplicate: its max timestamp as stored.</param>
public readonly record struct ProducerCheck(
    ProducerCheckStatus Status,
    long BaseOffset = -1,
    long LastOffset = -1,
    long TimestampMs = -1);
