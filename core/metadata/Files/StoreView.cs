using System.Collections.Immutable;
using System.Text;

namespace Teralog.Metadata;

/// <summary>The whole state at one revision; immutable, so that readers need no lock.</summary>
internal sealed record StoreView(
    long Revision, ImmutableSortedDictionary<string, MetadataEntry> Entries)
{
    public static StoreView Empty { get; } = new(
        0, ImmutableSortedDictionary.Create<string, MetadataEntry>(StringComparer.Ordinal));

    /// <summary>The first comparison that does not hold, or null.</summary>
    public MetadataCompare? FirstConflict(IReadOnlyList<MetadataCompare> compares)
    {
        foreach (var compare in compares)
        {
            if ((Entries.GetValueOrDefault(compare.Key)?.Revision ?? 0) != compare.Revision)
                return compare;
        }

        return null;
    }

    /// <summary>The state with the writes applied, one revision on.</summary>
    public StoreView Apply(IReadOnlyList<MetadataWrite> writes)
    {
        var next = Entries.ToBuilder();
        foreach (var write in writes)
        {
            if (write.IsDelete)
                next.Remove(write.Key);
            else
                next[write.Key] = new MetadataEntry(write.Key, write.Value, Revision + 1);
        }

        return new StoreView(Revision + 1, next.ToImmutable());
    }

    public List<MetadataEntry> List(string prefix) => Entries.Values
        .Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal)).ToList();

    public MetadataChangeSet Snapshot(string prefix) => new(
        Revision, IsSnapshot: true,
        List(prefix).ConvertAll(entry => new MetadataChange(entry.Key, entry)));

    /// <summary>Bytes of keys and values, for the size of a snapshot.</summary>
    public long SizeBytes => Entries.Values.Sum(
        entry => (long)Encoding.UTF8.GetByteCount(entry.Key) + entry.Value.Length);
}
