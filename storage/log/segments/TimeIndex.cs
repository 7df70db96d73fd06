using static System.Buffers.Binary.BinaryPrimitives;

namespace Teralog.Storage;

/// <summary>
/// The sparse time index of one segment, in memory: (largest timestamp so far, last offset of
/// the batch that has it), in the file 12 bytes each. Both increase from entry to entry. Threads
/// as in <see cref="OffsetIndex"/>; entries are written once and never changed.
/// </summary>
internal sealed class TimeIndex(long baseOffset)
{
    internal const int EntrySizeBytes = 12;

    private (long TimestampMs, int Relative)[] _entries = [];
    private int _count;

    internal int Count => Volatile.Read(ref _count);

    internal long LastTimestampMs => _count == 0 ? -1 : _entries[_count - 1].TimestampMs;

    internal long LastOffset => _count == 0
        ? baseOffset
        : baseOffset + _entries[_count - 1].Relative;

    /// <summary>
    /// As <see cref="OffsetIndex.TryLoad"/>; offsets must be below the end given.
    /// </summary>
    internal static TimeIndex? TryLoad(
        ReadOnlySpan<byte> file, long baseOffset, long endOffset)
    {
        int count = file.Length / EntrySizeBytes;
        while (count > 0 && !file.Slice((count - 1) * EntrySizeBytes, EntrySizeBytes)
            .ContainsAnyExcept((byte)0))
            count--;

        var index = new TimeIndex(baseOffset)
        {
            _entries = new (long TimestampMs, int Relative)[count],
        };
        (long timestampMs, int relative) = (-1, -1);
        for (int at = 0; at < count; at++)
        {
            ReadOnlySpan<byte> entry = file.Slice(at * EntrySizeBytes, EntrySizeBytes);
            long nextTimestampMs = ReadInt64BigEndian(entry);
            int nextRelative = ReadInt32BigEndian(entry[8..]);
            if (nextTimestampMs <= timestampMs || nextRelative <= relative
                || baseOffset + nextRelative >= endOffset)
                return null;

            index._entries[at] = (timestampMs, relative) = (nextTimestampMs, nextRelative);
        }

        index._count = count;
        return index;
    }

    /// <summary>Adds an entry if its time is later than the last one's.</summary>
    internal void MaybeAdd(long timestampMs, long offset)
    {
        if (timestampMs <= LastTimestampMs)
            return;

        if (_count == _entries.Length)
        {
            var larger = new (long TimestampMs, int Relative)[Math.Max(8, _count * 2)];
            _entries.CopyTo(larger, 0);
            Volatile.Write(ref _entries, larger);
        }

        _entries[_count] = (timestampMs, checked((int)(offset - baseOffset)));
        Volatile.Write(ref _count, _count + 1);
    }

    /// <summary>
    /// The offset up to which all records are older than a time; the segment's base where no
    /// entry says so.
    /// </summary>
    internal long OffsetBefore(long timestampMs)
    {
        int low = 0;
        int high = Count;
        (long TimestampMs, int Relative)[] entries = Volatile.Read(ref _entries);
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (entries[middle].TimestampMs < timestampMs)
                low = middle + 1;
            else
                high = middle;
        }

        return low == 0 ? baseOffset : baseOffset + entries[low - 1].Relative;
    }

    internal byte[] ToFile()
    {
        byte[] file = new byte[_count * EntrySizeBytes];
        for (int at = 0; at < _count; at++)
        {
            Span<byte> entry = file.AsSpan(at * EntrySizeBytes);
            WriteInt64BigEndian(entry, _entries[at].TimestampMs);
            WriteInt32BigEndian(entry[8..], _entries[at].Relative);
        }

        return file;
    }
}
