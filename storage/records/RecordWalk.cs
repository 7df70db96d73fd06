using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Teralog.Records;

/// <summary>
/// Walks the lengths of uncompressed records without looking at keys and values: the price of
/// every uncompressed produce, so a few nanoseconds a record. It takes exactly what
/// <see cref="RecordReader"/> takes (a test holds them equal). The position lives in a local of
/// the loop: everything it goes through is inlined, and the rare long integers are left to calls
/// that return the new position, or -1.
/// </summary>
internal static class RecordWalk
{
    private const int Invalid = -1;

    internal static RecordWalkResult Run(
        ReadOnlySpan<byte> records, int count, long baseTimestampMs)
    {
        ref byte start = ref MemoryMarshal.GetReference(records);
        int sizeBytes = records.Length;
        int at = 0;
        int keyLengths = 0;
        long minMs = long.MaxValue;
        long maxMs = BatchFormat.NoTimestamp;
        for (int index = 0; index < count; index++)
        {
            at = Step(ref start, at, sizeBytes, out long timestampDelta, out int keyLength);
            if (at < 0)
                return default;

            keyLengths |= keyLength;
            long timestampMs = unchecked(baseTimestampMs + timestampDelta);
            maxMs = Math.Max(maxMs, timestampMs);
            if (timestampMs < minMs && timestampMs != BatchFormat.NoTimestamp)
                minMs = timestampMs;
        }

        minMs = minMs == long.MaxValue ? BatchFormat.NoTimestamp : minMs;
        return new RecordWalkResult(at == sizeBytes, keyLengths >= 0, minMs, maxMs);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Step(
        ref byte start, int at, int sizeBytes, out long timestampDelta, out int keyLength)
    {
        Unsafe.SkipInit(out timestampDelta);
        Unsafe.SkipInit(out keyLength);
        at = Read(ref start, at, sizeBytes, out int length);
        if (at < 0 || length <= 0 || length > sizeBytes - at)
            return Invalid;

        int end = at + length;
        at = ReadLong(ref start, at + 1, end, out timestampDelta);
        if (at < 0)
            return Invalid;

        at = Read(ref start, at, end, out int _);
        if (at < 0)
            return Invalid;

        at = Skip(ref start, at, end, out keyLength);
        if (at < 0)
            return Invalid;

        at = Skip(ref start, at, end, out int _);
        if (at < 0)
            return Invalid;

        // Most records have no headers: one byte 0, and it is the last.
        if (at == end - 1 && Unsafe.Add(ref start, at) == 0)
            return end;

        return SkipHeaders(ref start, at, end);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int SkipHeaders(ref byte start, int at, int end)
    {
        at = Read(ref start, at, end, out int headerCount);
        if (at < 0 || headerCount < 0)
            return Invalid;

        for (int index = 0; index < headerCount; index++)
        {
            at = Skip(ref start, at, end, out int keyLength);
            if (at < 0 || keyLength < 0)
                return Invalid;

            at = Skip(ref start, at, end, out int _);
            if (at < 0)
                return Invalid;
        }

        return at == end ? end : Invalid;
    }

    /// <summary>Reads a length and goes over so many bytes; a negative length is null.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Skip(ref byte start, int at, int end, out int length)
    {
        at = Read(ref start, at, end, out length);
        int next = at + Math.Max(length, 0);
        return at < 0 || length > end - at ? Invalid : next;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Read(ref byte start, int at, int end, out int value)
    {
        if (at + 1 < end)
        {
            uint first = Unsafe.Add(ref start, at);
            if (first < 0x80)
            {
                value = (int)(first >> 1) ^ -(int)(first & 1);
                return at + 1;
            }

            uint second = Unsafe.Add(ref start, at + 1);
            if (second < 0x80)
            {
                uint raw = (first & 0x7f) | (second << 7);
                value = (int)(raw >> 1) ^ -(int)(raw & 1);
                return at + 2;
            }
        }

        return ReadSlow(ref start, at, end, out value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ReadLong(ref byte start, int at, int end, out long value)
    {
        if (at + 1 < end)
        {
            uint first = Unsafe.Add(ref start, at);
            uint second = Unsafe.Add(ref start, at + 1);
            if (first < 0x80)
            {
                value = (int)(first >> 1) ^ -(int)(first & 1);
                return at + 1;
            }

            if (second < 0x80)
            {
                uint raw = (first & 0x7f) | (second << 7);
                value = (int)(raw >> 1) ^ -(int)(raw & 1);
                return at + 2;
            }
        }

        return ReadLongSlow(ref start, at, end, out value);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int ReadSlow(ref byte start, int at, int end, out int value)
    {
        int size = Varint.Read(Rest(ref start, at, end), out value);
        return size == 0 ? Invalid : at + size;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int ReadLongSlow(ref byte start, int at, int end, out long value)
    {
        int size = Varint.ReadLong(Rest(ref start, at, end), out value);
        return size == 0 ? Invalid : at + size;
    }

    private static ReadOnlySpan<byte> Rest(ref byte start, int at, int end) =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref start, at), Math.Max(end - at, 0));
}
