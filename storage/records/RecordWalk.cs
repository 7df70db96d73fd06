using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Teralog.Records;

/// <summary>
/// Walks the lengths of uncompressed records without looking at keys and values: the price of
/// every uncompressed produce, so a few nanoseconds a record. It takes exactly what
/// <see cref="RecordReader"/> takes (a test holds them equal).
/// </summary>
internal ref struct RecordWalk
{
    private readonly ref byte _start;
    private readonly int _sizeBytes;
    private int _at;

    private RecordWalk(ReadOnlySpan<byte> records)
    {
        _start = ref MemoryMarshal.GetReference(records);
        _sizeBytes = records.Length;
    }

    internal static RecordWalkResult Run(
        ReadOnlySpan<byte> records, int count, long baseTimestampMs)
    {
        var walk = new RecordWalk(records);
        bool hasAllKeys = true;
        bool isWhole = true;
        long minMs = long.MaxValue;
        long maxMs = BatchFormat.NoTimestamp;
        for (int index = 0; index < count && isWhole; index++)
        {
            isWhole = walk.TryStep(out long timestampDelta, out bool isKeyNull);
            hasAllKeys &= !isKeyNull;
            long timestampMs = unchecked(baseTimestampMs + timestampDelta);
            maxMs = Math.Max(maxMs, timestampMs);
            minMs = Math.Min(
                minMs, timestampMs == BatchFormat.NoTimestamp ? long.MaxValue : timestampMs);
        }

        isWhole &= walk._at == walk._sizeBytes;
        minMs = minMs == long.MaxValue ? BatchFormat.NoTimestamp : minMs;
        return new RecordWalkResult(isWhole, hasAllKeys, minMs, maxMs);
    }

    private bool TryStep(out long timestampDelta, out bool isKeyNull)
    {
        timestampDelta = 0;
        isKeyNull = false;
        if (!TryRead(out int length) || length <= 0 || length > _sizeBytes - _at)
            return false;

        int end = _at + length;
        _at++;
        if (!TryReadLong(out timestampDelta) || !TryRead(out _) || !TryRead(out int keyLength))
            return false;

        isKeyNull = keyLength < 0;
        if (!TrySkip(keyLength, end) || !TryRead(out int valueLength)
            || !TrySkip(valueLength, end) || !TryRead(out int headerCount) || headerCount < 0)
            return false;

        for (int index = 0; index < headerCount; index++)
        {
            if (!TrySkipHeader(end))
                return false;
        }

        return _at == end;
    }

    private bool TrySkipHeader(int end) =>
        TryRead(out int keyLength) && keyLength >= 0 && TrySkip(keyLength, end)
        && TryRead(out int valueLength) && TrySkip(valueLength, end);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TrySkip(int length, int end)
    {
        if (length > end - _at)
            return false;

        _at += Math.Max(length, 0);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryRead(out int value)
    {
        int at = _at;
        if (at < _sizeBytes)
        {
            uint raw = Unsafe.Add(ref _start, at);
            if (raw < 0x80)
            {
                _at = at + 1;
                value = (int)(raw >> 1) ^ -(int)(raw & 1);
                return true;
            }

            if (at + 1 < _sizeBytes && Unsafe.Add(ref _start, at + 1) < 0x80)
            {
                raw = (raw & 0x7f) | ((uint)Unsafe.Add(ref _start, at + 1) << 7);
                _at = at + 2;
                value = (int)(raw >> 1) ^ -(int)(raw & 1);
                return true;
            }
        }

        return TryReadSlow(out value);
    }

    private bool TryReadSlow(out int value)
    {
        int size = Varint.Read(Rest, out value);
        _at += size;
        return size > 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryReadLong(out long value)
    {
        if (_at < _sizeBytes && Unsafe.Add(ref _start, _at) < 0x80)
        {
            uint raw = Unsafe.Add(ref _start, _at++);
            value = (int)(raw >> 1) ^ -(int)(raw & 1);
            return true;
        }

        return TryReadLongSlow(out value);
    }

    private bool TryReadLongSlow(out long value)
    {
        int size = Varint.ReadLong(Rest, out value);
        _at += size;
        return size > 0;
    }

    private readonly ReadOnlySpan<byte> Rest =>
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref _start, _at), _sizeBytes - _at);
}
