namespace Teralog.Server.Client;

/// <summary>How far a partition was read.</summary>
internal sealed class PartitionPlace(int partition, int leader, long next, long end)
{
    public int Partition { get; } = partition;

    public int Leader { get; set; } = leader;

    public long Next { get; set; } = next;

    /// <summary>Everything that was there when the reading began was read.</summary>
    public bool IsAtEnd => Next >= end;
}
