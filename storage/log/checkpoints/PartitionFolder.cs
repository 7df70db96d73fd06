using System.Globalization;

namespace Teralog.Storage;

/// <summary>
/// Names of partition folders: "topic-0", and "topic-0.uuid-delete" on the way out.
/// </summary>
public static class PartitionFolder
{
    /// <summary>How the name of a folder ends that is to be deleted.</summary>
    internal const string DeletedSuffix = "-delete";

    /// <summary>The folder of a partition.</summary>
    public static string Name(string topic, int partition) =>
        string.Create(CultureInfo.InvariantCulture, $"{topic}-{partition}");

    /// <summary>The partition of a folder; null where the name is none of a partition.</summary>
    public static (string Topic, int Partition)? Parse(string folderName)
    {
        int dash = folderName.LastIndexOf('-');
        if (dash <= 0 || !int.TryParse(folderName.AsSpan(dash + 1), NumberStyles.None,
            CultureInfo.InvariantCulture, out int partition))
            return null;

        return (folderName[..dash], partition);
    }
}
