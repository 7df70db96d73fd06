namespace Teralog.Storage;

/// <summary>
/// Where the writer publishes and readers take a <see cref="LogView"/> whole, without a lock or
/// an allocation: a sequence lock. Offset and position are of the same moment, so a reader's
/// bound can never lie behind the bytes it slices (KAFKA-9838).
/// </summary>
internal sealed class PublishedLog
{
    private int _version;
    private Segment[] _segments = [];
    private long _activeSizeBytes;
    private long _startOffset;
    private long _endOffset;

    internal void Publish(in LogView view)
    {
        Volatile.Write(ref _version, _version + 1);
        Interlocked.MemoryBarrier();
        _segments = view.Segments;
        _activeSizeBytes = view.ActiveSizeBytes;
        _startOffset = view.StartOffset;
        _endOffset = view.EndOffset;
        Volatile.Write(ref _version, _version + 1);
    }

    internal LogView Read()
    {
        var spin = default(SpinWait);
        while (true)
        {
            int before = Volatile.Read(ref _version);
            var view = new LogView(_segments, _activeSizeBytes, _startOffset, _endOffset);
            Interlocked.MemoryBarrier();
            if ((before & 1) == 0 && before == Volatile.Read(ref _version))
                return view;

            spin.SpinOnce(sleep1Threshold: -1);
        }
    }
}
