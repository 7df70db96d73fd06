using Teralog.Records;
using static System.Buffers.Binary.BinaryPrimitives;

namespace Teralog.Storage;

/// <summary>
/// The file "offset.snapshot": producers as of that offset, in Kafka's format, version 1. The CRC
/// covers all after itself; each producer's last batch only is kept.
/// </summary>
internal static class ProducerSnapshot
{
    internal const string Suffix = ".snapshot";

    private const short Version = 1;
    private const int CrcAt = 2;
    private const int CountAt = 6;
    private const int EntriesAt = 10;
    private const int EntrySizeBytes = 46;

    internal static byte[] Format(ProducerTable table)
    {
        byte[] file = new byte[EntriesAt + (table.Entries.Count * EntrySizeBytes)];
        WriteInt16BigEndian(file, Version);
        WriteInt32BigEndian(file.AsSpan(CountAt), table.Entries.Count);
        int at = EntriesAt;
        foreach (ProducerEntry entry in table.Entries)
        {
            FormatEntry(file.AsSpan(at, EntrySizeBytes), entry);
            at += EntrySizeBytes;
        }

        WriteUInt32BigEndian(file.AsSpan(CrcAt), Crc32C.Compute(file.AsSpan(CountAt)));
        return file;
    }

    /// <summary>The producers of a file; null where it is damaged or of another version.</summary>
    internal static ProducerTable? TryParse(ReadOnlySpan<byte> file)
    {
        if (file.Length < EntriesAt || ReadInt16BigEndian(file) != Version
            || ReadUInt32BigEndian(file[CrcAt..]) != Crc32C.Compute(file[CountAt..]))
            return null;

        int count = ReadInt32BigEndian(file[CountAt..]);
        if (count < 0 || (long)count * EntrySizeBytes != file.Length - EntriesAt)
            return null;

        var table = new ProducerTable();
        for (int index = 0; index < count; index++)
        {
            table.Restore(ParseEntry(
                file.Slice(EntriesAt + (index * EntrySizeBytes), EntrySizeBytes)));
        }

        return table;
    }

    private static void FormatEntry(Span<byte> target, ProducerEntry entry)
    {
        bool hasBatch = entry.BatchCount > 0;
        ProducerBatch newest = hasBatch ? entry.Newest : new ProducerBatch(-1, -1, 0, 0);
        WriteInt64BigEndian(target, entry.ProducerId);
        WriteInt16BigEndian(target[8..], entry.Epoch);
        WriteInt32BigEndian(target[10..], newest.LastSequence);
        WriteInt64BigEndian(target[14..], newest.LastOffset);
        WriteInt32BigEndian(target[22..], newest.OffsetDelta);
        WriteInt64BigEndian(target[26..], entry.LastTimestampMs);
        WriteInt32BigEndian(target[34..], entry.CoordinatorEpoch);
        WriteInt64BigEndian(target[38..], entry.OpenTransactionOffset);
    }

    private static ProducerEntry ParseEntry(ReadOnlySpan<byte> source)
    {
        var entry = new ProducerEntry(ReadInt64BigEndian(source));
        entry.MoveToEpoch(ReadInt16BigEndian(source[8..]));
        long lastOffset = ReadInt64BigEndian(source[14..]);
        entry.LastTimestampMs = ReadInt64BigEndian(source[26..]);
        entry.CoordinatorEpoch = ReadInt32BigEndian(source[34..]);
        entry.OpenTransactionOffset = ReadInt64BigEndian(source[38..]);
        if (lastOffset >= 0)
        {
            entry.Add(new ProducerBatch(ReadInt32BigEndian(source[10..]), lastOffset,
                ReadInt32BigEndian(source[22..]), entry.LastTimestampMs));
        }

        return entry;
    }
}
