namespace Teralog.Net;

/// <summary>
/// One contiguous view of what a connection received and its handler has not consumed. The bytes
/// are native memory and mutable, so that headers can be stamped in place.
/// </summary>
public unsafe ref struct InputBuffer
{
    private readonly byte* _start;
    private readonly int _length;

    /// <summary>A view over native memory that the caller keeps alive.</summary>
    public InputBuffer(byte* start, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        _start = start;
        _length = length;
    }

    /// <summary>The bytes that are not consumed yet.</summary>
    public readonly Span<byte> Data => new(_start + ConsumedBytes, _length - ConsumedBytes);

    /// <summary>The address of the first byte of <see cref="Data"/>.</summary>
    public readonly byte* Pointer => _start + ConsumedBytes;

    /// <summary>How many bytes <see cref="Data"/> has.</summary>
    public readonly int Length => _length - ConsumedBytes;

    /// <summary>How many bytes this call has consumed.</summary>
    public int ConsumedBytes { get; private set; }

    /// <summary>What the last <see cref="Need"/> asked for; 0 when any byte will do.</summary>
    public int NeedBytes { get; private set; }

    /// <summary>Takes bytes off the front; forgets an earlier <see cref="Need"/>.</summary>
    public void Consume(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Length);
        ConsumedBytes += count;
        NeedBytes = 0;
    }

    /// <summary>
    /// Asks to be called again only when so many bytes, counted from the start of
    /// <see cref="Data"/>, are there. Nothing is allocated by this number: the buffer grows as
    /// bytes arrive. More than <see cref="ListenerOptions.InputBytesMax"/> closes the connection.
    /// </summary>
    public void Need(int totalBytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(totalBytes);
        NeedBytes = totalBytes;
    }
}
