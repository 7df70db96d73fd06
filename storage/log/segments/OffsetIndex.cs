using static System.Buffers.Binary.BinaryPrimitives;

namespace Teralog.Storage;

/// <summary>
/// The sparse index of one segment, in memory: (last offset of a batch, position of that batch),
/// in the file 8 bytes each, relative to the segment's base. One writer adds at the end while
/// readers look up: an entry is one 64-bit word and is there before the count says so.
/// </summary>
internal sealed class OffsetIndex(long baseOffset)
{
    internal const int EntrySizeBytes = 8;

    private long[] _entries = [];
    private int _count;

    internal int Count => Volatile.Read(ref _count);

    internal long LastOffset => _count == 0 ? baseOffset : OffsetOf(_entries[_count - 1]);

    internal long LastPosition => _count == 0 ? 0 : (uint)_entries[_count - 1];

    /// <summary>
    /// Reads a file's entries. Zeros at the end are what preallocation leaves; null where an
    /// entry does not follow the one before or lies outside the segment.
    /// </summary>
    internal static OffsetIndex? TryLoad(
        ReadOnlySpan<byte> file, long baseOffset, long segmentSizeBytes)
    {
        int count = file.Length / EntrySizeBytes;
        while (count > 0 && ReadInt64BigEndian(file[((count - 1) * EntrySizeBytes)..]) == 0)
            count--;

        var index = new OffsetIndex(baseOffset) { _entries = new long[count] };
        long before = -1;
        for (int at = 0; at < count; at++)
        {
            long entry = ReadInt64BigEndian(file[(at * EntrySizeBytes)..]);
            bool isAfter = (entry >> 32) > (before >> 32)
                && (at == 0 || (uint)entry > (uint)before);
            if (!isAfter || (uint)entry >= segmentSizeBytes)
                return null;

            index._entries[at] = before = entry;
        }

        index._count = count;
        return index;
    }

    internal void Add(long offset, long position)
    {
        if (_count == _entries.Length)
        {
            long[] larger = new long[Math.Max(16, _entries.Length * 2)];
            _entries.CopyTo(larger, 0);
            Volatile.Write(ref _entries, larger);
        }

        _entries[_count] = ((offset - baseOffset) << 32) | (uint)position;
        Volatile.Write(ref _count, _count + 1);
    }

    /// <summary>The last entry at or below an offset; false where there is none.</summary>
    internal bool TryFloor(long offset, out long entryOffset, out long position)
    {
        int low = 0;
        int high = Count;
        long[] entries = Volatile.Read(ref _entries);
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (OffsetOf(entries[middle]) <= offset)
                low = middle + 1;
            else
                high = middle;
        }

        entryOffset = low == 0 ? baseOffset : OffsetOf(entries[low - 1]);
        position = low == 0 ? 0 : (uint)entries[low - 1];
        return low > 0;
    }

    internal byte[] ToFile()
    {
        byte[] file = new byte[_count * EntrySizeBytes];
        for (int at = 0; at < _count; at++)
            WriteInt64BigEndian(file.AsSpan(at * EntrySizeBytes), _entries[at]);

        return file;
    }

    private long OffsetOf(long entry) => baseOffset + (entry >> 32);
}
