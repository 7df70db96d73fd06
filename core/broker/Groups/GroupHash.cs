namespace Teralog.Broker.Groups;

/// <summary>
/// Which partition of an internal topic keeps a group or a transactional id: Java's
/// <c>String.hashCode</c> over UTF-16 units, made positive as Kafka does it.
/// </summary>
internal static class GroupHash
{
    private const int Factor = 31;

    /// <summary>Partition of <paramref name="id"/> among
    /// <paramref name="partitionCount"/>.</summary>
    public static int PartitionOf(ReadOnlySpan<char> id, int partitionCount)
    {
        var hash = Hash(id);
        return (hash == int.MinValue ? 0 : Math.Abs(hash)) % partitionCount;
    }

    /// <summary>Java's hash of a string.</summary>
    public static int Hash(ReadOnlySpan<char> id)
    {
        var hash = 0;
        foreach (var unit in id)
            hash = unchecked((hash * Factor) + unit);
        return hash;
    }
}
