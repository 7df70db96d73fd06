namespace Teralog.Storage;

/// <summary>What became of an append. All but Ok and Failed: definitely not applied.</summary>
public enum LogAppendStatus
{
    /// <summary>Appended and readable; durable after the next successful sync.</summary>
    Ok = 0,

    /// <summary>Bytes that are no whole batches of magic 2.</summary>
    Malformed,

    /// <summary>A batch larger than max.message.bytes.</summary>
    BatchTooLarge,

    /// <summary>More bytes than a segment holds.</summary>
    SegmentTooLarge,

    /// <summary>A replica's batch that starts below the log's end.</summary>
    OffsetBelowEnd,

    /// <summary>A leader epoch below the latest.</summary>
    StaleEpoch,

    /// <summary>No space; the log is as before and may be tried again.</summary>
    DiskFull,

    /// <summary>The log or its directory has failed, or is closed: unknown, and for good.</summary>
    Failed,
}
