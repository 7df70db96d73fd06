namespace Teralog.Protocol.Kafka;

/// <summary>Every bound of this frontend.</summary>
internal static class Limits
{
    /// <summary>The length prefix of a frame.</summary>
    public const int FramePrefixBytes = 4;

    /// <summary>Key, version and correlation id: no shorter frame is a request.</summary>
    public const int RequestHeaderBytesMin = 8;

    /// <summary>Requests of one connection that may wait for their answer; then it is not read
    /// from. Kafka has one; producers that pipeline use five.</summary>
    public const int InFlightMax = 64;

    /// <summary>Reading goes on when so few wait.</summary>
    public const int InFlightResume = InFlightMax / 2;

    /// <summary>About the memory that requests of one connection may hold while they wait; one
    /// request alone may hold more.</summary>
    public const long InFlightBytesMax = 4 * 1024 * 1024;

    /// <summary>About what a partition of a waiting produce holds.</summary>
    public const int ProducePartitionBytes = 96;

    /// <summary>About what a partition of a waiting fetch holds.</summary>
    public const int FetchPartitionBytes = 256;

    /// <summary>About what a byte of a cold request becomes in objects.</summary>
    public const int ColdBytesPerFrameByte = 8;

    /// <summary>Longest topic name, in bytes as in characters: names are ASCII.</summary>
    public const int TopicNameBytesMax = 249;

    /// <summary>Array elements that a pooled request keeps when it goes back to its pool.</summary>
    public const int PooledElementsMax = 1024;

    /// <summary>Idle pooled requests of one kind that a loop keeps.</summary>
    public const int PooledRequestsMax = 256;

    /// <summary>Most partitions that DescribeTopicPartitions answers at once (Kafka:
    /// max.request.partition.size.limit).</summary>
    public const int DescribedPartitionsMax = 2000;

    /// <summary>Default of socket.request.max.bytes.</summary>
    public const int RequestBytesMaxDefault = 104_857_600;

    /// <summary>Default of fetch.max.bytes.</summary>
    public const int FetchBytesMaxDefault = 57_671_680;

    /// <summary>Default of max.incremental.fetch.session.cache.slots.</summary>
    public const int FetchSessionsMaxDefault = 1000;

    /// <summary>Partitions of all fetch sessions together: a session costs memory by partition.
    /// Kafka has no such bound.</summary>
    public const int FetchSessionPartitionsMax = 1_000_000;

    /// <summary>A session idle for so long gives way to any new one (Kafka:
    /// min.incremental.fetch.session.eviction.ms).</summary>
    public const long FetchSessionEvictionMs = 120_000;

    /// <summary>Longest long poll that a client may ask for.</summary>
    public const int FetchWaitMsMax = 24 * 60 * 60 * 1000;
}
