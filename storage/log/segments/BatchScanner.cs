using System.Buffers;
using Teralog.Records;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Teralog.Storage;

/// <summary>
/// Reads the batches of a segment file one after the other through a large buffer, checking
/// lengths, magic, CRC (if asked) and that offsets go up. It stops at the end or at the first
/// bytes that are no valid batch; memory is bounded by the bytes that are there.
/// </summary>
internal sealed class BatchScanner : IDisposable
{
    private readonly IFile _file;
    private readonly long _endPosition;
    private readonly bool _isCrcChecked;
    private readonly long _baseOffset;
    private byte[] _buffer;
    private long _bufferPosition;
    private int _bufferLength;
    private int _sizeBytes;
    private long _nextOffset;

    internal BatchScanner(
        IFile file, long position, long endPosition, long baseOffset,
        bool isCrcChecked = true, int readSizeBytes = Limits.ScanReadSizeBytes)
    {
        _file = file;
        _endPosition = endPosition;
        _isCrcChecked = isCrcChecked;
        _baseOffset = baseOffset;
        _nextOffset = baseOffset;
        Position = position;
        _bufferPosition = position;
        long wantedBytes = Math.Clamp(endPosition - position, 512, readSizeBytes);
        _buffer = ArrayPool<byte>.Shared.Rent((int)wantedBytes);
    }

    /// <summary>Where the current batch starts; after the last, where valid bytes end.</summary>
    internal long Position { get; private set; }

    /// <summary>Offset after the batches read so far.</summary>
    internal long NextOffset => _nextOffset;

    /// <summary>The error of a read that failed, which says nothing of the bytes.</summary>
    internal IoError Error { get; private set; }

    /// <summary>The current batch; valid until the next call.</summary>
    internal BatchHeader Current =>
        new(_buffer.AsSpan((int)(Position - _bufferPosition), _sizeBytes));

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    internal bool MoveNext()
    {
        Position += _sizeBytes;
        _sizeBytes = 0;
        if (!TryFill(BatchFormat.HeaderSizeBytes))
            return false;

        int at = (int)(Position - _bufferPosition);
        int length = ReadInt32BigEndian(_buffer.AsSpan(at + BatchLengthAt));
        if (length < BatchFormat.LengthFieldMin
            || length > _endPosition - Position - BatchFormat.LengthPrefixSizeBytes
            || !TryFill(length + BatchFormat.LengthPrefixSizeBytes))
            return false;

        _sizeBytes = length + BatchFormat.LengthPrefixSizeBytes;
        BatchHeader batch = Current;
        if (batch.Magic != BatchFormat.Magic || batch.BaseOffset < _nextOffset
            || batch.LastOffsetDelta < 0 || batch.LastOffset - _baseOffset > int.MaxValue
            || (_isCrcChecked && batch.ComputeCrc() != batch.Crc))
        {
            _sizeBytes = 0;
            return false;
        }

        _nextOffset = batch.NextOffset;
        return true;
    }

    private const int BatchLengthAt = 8;

    // Makes so many bytes from the position on present in the buffer, if the file has them.
    private bool TryFill(int sizeBytes)
    {
        if (_endPosition - Position < sizeBytes)
            return false;

        int at = (int)(Position - _bufferPosition);
        if (at + (long)sizeBytes <= _bufferLength)
            return true;

        int kept = Math.Max(_bufferLength - at, 0);
        byte[] source = _buffer;
        if (sizeBytes > _buffer.Length)
            _buffer = ArrayPool<byte>.Shared.Rent(sizeBytes);
        source.AsSpan(_bufferLength - kept, kept).CopyTo(_buffer);
        if (source != _buffer)
            ArrayPool<byte>.Shared.Return(source);

        _bufferPosition = Position;
        long wantedBytes = Math.Min(_buffer.Length, _endPosition - Position) - kept;
        Error = _file.Read(
            _buffer.AsSpan(kept, (int)wantedBytes), Position + kept, out int bytesRead);
        _bufferLength = kept + bytesRead;
        return Error == IoError.None && _bufferLength >= sizeBytes;
    }
}
