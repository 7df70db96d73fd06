using static System.Buffers.Binary.BinaryPrimitives;

namespace Teralog.Records;

/// <summary>
/// Walks batches that stand one after the other, as in a log, a fetch or a produce. It needs the
/// length fields only: an incomplete batch at the end stops the walk and is left over, as a reader
/// of a fetch must take it; a length below a header stops it as malformed.
/// </summary>
public ref struct BatchEnumerator
{
    private readonly ReadOnlySpan<byte> _bytes;
    private int _position;
    private int _sizeBytes;

    /// <summary>A walk over the bytes given; usable with foreach.</summary>
    public BatchEnumerator(ReadOnlySpan<byte> batches)
    {
        _bytes = batches;
    }

    /// <summary>The batch that the walk stands at.</summary>
    public readonly BatchHeader Current => new(_bytes.Slice(_position, _sizeBytes));

    /// <summary>Where the current batch starts.</summary>
    public readonly int Position => _position;

    /// <summary>The end of the whole batches walked so far.</summary>
    public readonly int NextPosition => _position + _sizeBytes;

    /// <summary>Whether the walk stopped at a length that no batch can have.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>The walk itself.</summary>
    public readonly BatchEnumerator GetEnumerator() => this;

    /// <summary>Goes to the next whole batch; false at the end or where none is.</summary>
    public bool MoveNext()
    {
        int start = _position + _sizeBytes;
        if (_bytes.Length - start < BatchFormat.LengthPrefixSizeBytes)
            return false;

        int length = ReadInt32BigEndian(_bytes[(start + BatchFormat.LengthAt)..]);
        IsMalformed = length < BatchFormat.LengthFieldMin;
        if (IsMalformed || length > _bytes.Length - start - BatchFormat.LengthPrefixSizeBytes)
            return false;

        _position = start;
        _sizeBytes = length + BatchFormat.LengthPrefixSizeBytes;
        return true;
    }
}
