using System.Buffers.Text;
using System.Text;

namespace Teralog.Storage;

/// <summary>
/// The file partition.metadata: "version: 0" and "topic_id: " with the id's 16 bytes, big-endian,
/// in base64 for URLs without padding.
/// </summary>
internal static class PartitionMetadata
{
    internal const string FileName = "partition.metadata";

    internal static byte[] Format(Guid topicId)
    {
        Span<byte> bytes = stackalloc byte[16];
        topicId.TryWriteBytes(bytes, bigEndian: true, out _);
        return Encoding.UTF8.GetBytes(
            $"version: 0\ntopic_id: {Base64Url.EncodeToString(bytes)}");
    }

    /// <summary>The topic id; null where the file is damaged or the id is zero.</summary>
    internal static Guid? TryParse(ReadOnlySpan<byte> content)
    {
        string[] lines = Encoding.UTF8.GetString(content).Split('\n');
        string? version = Field(lines, 0, "version");
        string? id = Field(lines, 1, "topic_id");
        Span<byte> bytes = stackalloc byte[18];
        if (version is not ("0" or "1") || id is null
            || !Base64Url.TryDecodeFromChars(id, bytes, out int size) || size != 16)
            return null;

        var topicId = new Guid(bytes[..16], bigEndian: true);
        return topicId == Guid.Empty ? null : topicId;
    }

    private static string? Field(string[] lines, int index, string name)
    {
        string line = index < lines.Length ? lines[index] : "";
        int colon = line.IndexOf(':', StringComparison.Ordinal);
        return colon >= 0 && line[..colon].Trim() == name ? line[(colon + 1)..].Trim() : null;
    }
}
