using Teralog.Abstractions;

namespace Teralog.Protocol.Kafka;

/// <summary>What a Fetch request says beside its partitions.</summary>
internal struct FetchParameters
{
    public int MaxWaitMs;
    public int MinBytes;
    public int MaxBytes;
    public Isolation Isolation;
    public int SessionId;
    public int SessionEpoch;
}
