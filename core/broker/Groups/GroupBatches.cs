using Teralog.Records;

namespace Teralog.Broker.Groups;

/// <summary>Cuts the records of a write into batches.</summary>
internal static class GroupBatches
{
    /// <summary>The batches, in order; at least one.</summary>
    public static List<byte[]> Build(IReadOnlyList<CoordinatorRecord> records, long nowMs)
    {
        Invariant.That(records.Count > 0);
        var batches = new List<byte[]>(1);
        var builder = new BatchBuilder();
        foreach (var record in records)
        {
            builder.Add(nowMs, record.Key, record.Value);
            if (builder.SizeBytes < GroupLimits.WriteBatchSizeBytes)
                continue;
            batches.Add(builder.Build(new BatchBuilderOptions()));
            builder.Clear();
        }

        if (builder.Count > 0)
            batches.Add(builder.Build(new BatchBuilderOptions()));
        return batches;
    }
}
