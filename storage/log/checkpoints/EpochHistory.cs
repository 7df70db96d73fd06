using System.Collections.Immutable;
using System.Globalization;

namespace Teralog.Storage;

/// <summary>
/// Leader epochs of one log and where each begins (KIP-101), both strictly increasing. A value:
/// every change makes a new one.
/// </summary>
internal sealed class EpochHistory
{
    internal const string FileName = "leader-epoch-checkpoint";

    private EpochHistory(ImmutableArray<EpochEntry> entries) => Entries = entries;

    internal static EpochHistory Empty { get; } = new([]);

    internal ImmutableArray<EpochEntry> Entries { get; }

    internal int LatestEpoch => Entries.Length == 0 ? -1 : Entries[^1].Epoch;

    /// <summary>An epoch begins at an offset; entries that it contradicts are dropped.</summary>
    internal EpochHistory Assign(int epoch, long startOffset)
    {
        if (epoch <= LatestEpoch)
            return this;

        ImmutableArray<EpochEntry> kept = Entries.RemoveAll(
            entry => entry.StartOffset >= startOffset);
        return new EpochHistory(kept.Add(new EpochEntry(epoch, startOffset)));
    }

    /// <summary>Drops what begins at or above a new end.</summary>
    internal EpochHistory TruncateEnd(long endOffset) =>
        new(Entries.RemoveAll(entry => entry.StartOffset >= endOffset));

    /// <summary>Drops what begins above the end, as after a torn tail.</summary>
    internal EpochHistory ClampEnd(long endOffset) =>
        new(Entries.RemoveAll(entry => entry.StartOffset > endOffset));

    /// <summary>Lets the first entry begin at a new start, its epoch kept.</summary>
    internal EpochHistory TruncateStart(long startOffset)
    {
        int first = 0;
        while (first < Entries.Length && Entries[first].StartOffset <= startOffset)
            first++;

        if (first == 0)
            return this;

        EpochEntry floor = Entries[first - 1];
        return new EpochHistory(
            Entries.RemoveRange(0, first).Insert(0, floor with { StartOffset = startOffset }));
    }

    /// <summary>
    /// The answer to OffsetForLeaderEpoch as Kafka gives it (LeaderEpochFileCache.endOffsetFor).
    /// </summary>
    internal (int Epoch, long EndOffset) EndOffsetFor(int epoch, long logEndOffset)
    {
        if (epoch >= 0 && epoch == LatestEpoch)
            return (epoch, logEndOffset);

        int higher = 0;
        while (higher < Entries.Length && Entries[higher].Epoch <= epoch)
            higher++;

        if (epoch < 0 || higher == Entries.Length)
            return (-1, -1);

        int floorEpoch = higher == 0 ? epoch : Entries[higher - 1].Epoch;
        return (floorEpoch, Entries[higher].StartOffset);
    }

    internal byte[] Format() => CheckpointText.Format([.. Entries.Select(entry =>
        string.Create(CultureInfo.InvariantCulture, $"{entry.Epoch} {entry.StartOffset}"))]);

    /// <summary>The history of a file; null where it is damaged.</summary>
    internal static EpochHistory? TryParse(ReadOnlySpan<byte> content)
    {
        IReadOnlyList<string[]>? lines = CheckpointText.TryParse(content, fieldsPerEntry: 2);
        if (lines is null)
            return null;

        EpochHistory history = Empty;
        foreach (string[] line in lines)
        {
            if (!int.TryParse(line[0], CultureInfo.InvariantCulture, out int epoch)
                || !long.TryParse(line[1], CultureInfo.InvariantCulture, out long startOffset))
                return null;

            history = history.Assign(epoch, startOffset);
        }

        return history;
    }
}
