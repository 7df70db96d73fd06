using Microsoft.Win32.SafeHandles;

namespace Teralog.Storage;

/// <summary>
/// A range of one segment file, leased: the file stays open, though it may be renamed or deleted,
/// until the lease is disposed, exactly once, however often the struct was copied. The bytes of
/// the range never change, but truncation of the log (followers only) may cut them off.
/// </summary>
public readonly struct LogSlice : IEquatable<LogSlice>, IDisposable
{
    private readonly SegmentFile? _file;

    internal LogSlice(SegmentFile file, long position, int lengthBytes)
    {
        _file = file;
        Position = position;
        LengthBytes = lengthBytes;
    }

    /// <summary>Where the range starts in the file.</summary>
    public long Position { get; }

    /// <summary>Bytes in the range; 0 where there is nothing to send, and then no file.</summary>
    public int LengthBytes { get; }

    /// <summary>The descriptor, for sendfile; null on a simulated disk or where empty.</summary>
    public SafeFileHandle? Handle => _file?.Handle;

    /// <summary>
    /// The lease as an object, for those who hand it on without a copy of this struct; each
    /// Dispose gives back one lease. Null where the slice is empty.
    /// </summary>
    public IDisposable? Lease => _file;

    /// <summary>Compares by value.</summary>
    public static bool operator ==(LogSlice left, LogSlice right) => left.Equals(right);

    /// <summary>Compares by value.</summary>
    public static bool operator !=(LogSlice left, LogSlice right) => !left.Equals(right);

    /// <summary>Reads bytes of the range into memory, for those who cannot send a file.</summary>
    /// <param name="buffer">Filled as far as the range reaches.</param>
    /// <param name="offsetBytes">Where to begin, from the start of the range.</param>
    /// <param name="bytesRead">Bytes read.</param>
    public IoError Read(Span<byte> buffer, int offsetBytes, out int bytesRead)
    {
        bytesRead = 0;
        int left = LengthBytes - offsetBytes;
        if (_file is null || left <= 0)
            return IoError.None;

        Span<byte> target = buffer[..Math.Min(buffer.Length, left)];
        return _file.Read(target, Position + offsetBytes, out bytesRead);
    }

    /// <summary>Gives the lease back.</summary>
    public void Dispose() => _file?.Dispose();

    /// <inheritdoc/>
    public bool Equals(LogSlice other) =>
        _file == other._file && Position == other.Position && LengthBytes == other.LengthBytes;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is LogSlice other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_file, Position, LengthBytes);
}
