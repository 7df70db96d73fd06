using Teralog.TestKit;

namespace Teralog.Interop.MainJob;

/// <summary>
/// Checks lines as they are read back: each is a line of the seed byte for byte, each offset of
/// each partition comes once, and each line that had to be there was. Safe for several readers.
/// </summary>
internal sealed class ReadBack(ulong seed, long[] endOffsets, long linesCount)
{
    private readonly Lock gate = new();
    private readonly bool[][] seenOffsets = [.. endOffsets.Select(end => new bool[end])];
    private readonly byte[] seenLines = new byte[linesCount];
    private readonly List<string> complaints = [];
    private Acknowledged? acknowledged;
    private long acknowledgedFirst;

    public long Total { get; private set; }

    public long Expected { get; } = endOffsets.Sum();

    public bool IsComplete
    {
        get
        {
            lock (gate)
                return Total >= Expected;
        }
    }

    /// <summary>From this line on, places are compared with what the producer was told.</summary>
    public ReadBack Against(Acknowledged told, long first)
    {
        (acknowledged, acknowledgedFirst) = (told, first);
        return this;
    }

    public void Take(int partition, long offset, ReadOnlySpan<byte> line)
    {
        var known = LogLines.IsLine(line, seed, out var sequence)
            && sequence >= 0 && sequence < seenLines.Length;
        lock (gate)
        {
            Total++;
            if (!known)
                Complain($"{partition}@{offset} is not a line of the seed");
            else
                Note(sequence, partition, offset);
            if (offset >= seenOffsets[partition].Length)
                Complain($"{partition}@{offset} is past the end");
            else if (seenOffsets[partition][offset])
                Complain($"{partition}@{offset} came twice");
            else
                seenOffsets[partition][offset] = true;
        }
    }

    /// <summary>Fails the test unless all came that had to, once per offset.</summary>
    public void Verify()
    {
        Assert.True(complaints.Count == 0, string.Join('\n', complaints));
        Assert.Equal(Expected, Total);
        for (var sequence = 0L; sequence < seenLines.Length; sequence++)
        {
            var due = sequence < acknowledgedFirst || acknowledged!.Has(sequence);
            Assert.True(seenLines[sequence] > 0 || !due, $"line {sequence} is lost");
            Assert.True(seenLines[sequence] <= 1, $"line {sequence} is stored twice");
        }
    }

    private void Note(long sequence, int partition, long offset)
    {
        if (seenLines[sequence] < byte.MaxValue)
            seenLines[sequence]++;
        if (sequence >= acknowledgedFirst
            && acknowledged?.Agrees(sequence, partition, offset) == false)
            Complain($"line {sequence} is at {partition}@{offset}, acknowledged elsewhere");
    }

    private void Complain(string what)
    {
        if (complaints.Count < 20)
            complaints.Add(what);
    }
}
