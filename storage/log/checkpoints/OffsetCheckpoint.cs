using System.Globalization;

namespace Teralog.Storage;

/// <summary>
/// A checkpoint of one offset a partition: "topic partition offset" a line. Keys are folder
/// names, "topic-0".
/// </summary>
internal static class OffsetCheckpoint
{
    internal static byte[] Format(IReadOnlyDictionary<string, long> offsets)
    {
        var entries = new List<string>(offsets.Count);
        foreach ((string folder, long offset) in offsets)
        {
            (string topic, int partition) = PartitionFolder.Parse(folder)!.Value;
            entries.Add(string.Create(
                CultureInfo.InvariantCulture, $"{topic} {partition} {offset}"));
        }

        return CheckpointText.Format(entries);
    }

    /// <summary>The offsets by folder; null where the file is damaged.</summary>
    internal static Dictionary<string, long>? TryParse(ReadOnlySpan<byte> content)
    {
        IReadOnlyList<string[]>? entries = CheckpointText.TryParse(content, fieldsPerEntry: 3);
        if (entries is null)
            return null;

        var offsets = new Dictionary<string, long>(entries.Count, StringComparer.Ordinal);
        foreach (string[] entry in entries)
        {
            if (!int.TryParse(entry[1], CultureInfo.InvariantCulture, out int partition)
                || !long.TryParse(entry[2], CultureInfo.InvariantCulture, out long offset))
                return null;

            offsets[PartitionFolder.Name(entry[0], partition)] = offset;
        }

        return offsets;
    }
}
