namespace Teralog.Abstractions;

/// <summary>
/// One partition's replication state, driven by the partition's writer. All offsets are exclusive
/// ends. It must never move <see cref="Committed"/> or <see cref="Acknowledged"/> back, nor put
/// either past the log end, nor acknowledge what is not safe in its own sense.
/// </summary>
public interface IPartitionReplica : IDisposable
{
    /// <summary>The high watermark: what readers may see. Read from any thread.</summary>
    long Committed { get; }

    /// <summary>What a producer with acks=all may be told about. At or below the log end; with more
    /// than one copy equal to <see cref="Committed"/>. Read from any thread.</summary>
    long Acknowledged { get; }

    /// <summary>On the appending thread, under the partition's writer lock, after each
    /// append.</summary>
    /// <param name="endOffset">The new log end.</param>
    /// <param name="acks">What the appending producer waits for.</param>
    void OnAppended(long endOffset, RequiredAcks acks);

    /// <summary>From a sync thread: everything below <paramref name="endOffset"/> is on
    /// disk.</summary>
    void OnSynced(long endOffset);
}
