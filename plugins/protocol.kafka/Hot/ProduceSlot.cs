using Teralog.Abstractions;

namespace Teralog.Protocol.Kafka;

/// <summary>One partition of a produce: where its batches are, then what became of them.</summary>
internal struct ProduceSlot
{
    /// <summary>Index into the request's topics.</summary>
    public int Topic;

    /// <summary>Partition number.</summary>
    public int Index;

    /// <summary>First byte of the batches in the body; -1 for null records.</summary>
    public int RecordsStart;

    /// <summary>Size of the batches.</summary>
    public int RecordsSizeBytes;

    /// <summary>The broker's answer.</summary>
    public ProduceResult Result;
}
