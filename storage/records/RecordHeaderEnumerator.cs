namespace Teralog.Records;

/// <summary>Walks the headers of a record that <see cref="RecordReader"/> has read.</summary>
public ref struct RecordHeaderEnumerator
{
    private ReadOnlySpan<byte> _rest;
    private int _left;

    internal RecordHeaderEnumerator(ReadOnlySpan<byte> headers, int count)
    {
        _rest = headers;
        _left = count;
    }

    /// <summary>The header that the walk stands at.</summary>
    public RecordHeader Current { get; private set; }

    /// <summary>The walk itself.</summary>
    public readonly RecordHeaderEnumerator GetEnumerator() => this;

    /// <summary>Goes to the next header; false after the last.</summary>
    public bool MoveNext()
    {
        if (_left == 0)
            return false;

        bool isWhole = RecordReader.TryTakeBytes(ref _rest, out NullableBytes key)
            & RecordReader.TryTakeBytes(ref _rest, out NullableBytes value);
        Invariant.That(isWhole);
        Current = new RecordHeader(key.Span, value);
        _left--;
        return true;
    }
}
