namespace Teralog.Metadata;

/// <summary>What a watch delivers.</summary>
/// <param name="Revision">The revision that is reached with it.</param>
/// <param name="IsSnapshot">The changes are all entries under the prefix, as puts: what the watcher
/// had before and is not among them is gone.</param>
/// <param name="Changes">Ordered by key.</param>
public sealed record MetadataChangeSet(
    long Revision, bool IsSnapshot, IReadOnlyList<MetadataChange> Changes);

/// <summary>One key's change.</summary>
/// <param name="Key">The key.</param>
/// <param name="Entry">The new entry, or null where the key was deleted.</param>
public readonly record struct MetadataChange(string Key, MetadataEntry? Entry);
