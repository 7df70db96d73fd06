namespace Teralog.Broker;

/// <summary>Every queue, count and buffer of this project has its bound here.</summary>
internal static class Limits
{
    /// <summary>Partitions of one topic.</summary>
    public const int PartitionsPerTopicMax = 20_000;

    /// <summary>Acknowledgements that wait on one partition; the frontends' bounds on what is in
    /// flight are far below.</summary>
    public const int PendingAcknowledgementsMax = 1 << 20;

    /// <summary>Slots that a partition's queue of acknowledgements starts with.</summary>
    public const int PendingAcknowledgementsMin = 16;

    /// <summary>Producer ids taken from the metadata store at once.</summary>
    public const int ProducerIdBlock = 1000;

    /// <summary>Characters of a topic name (Kafka's bound: a folder name has to hold it).</summary>
    public const int TopicNameMax = 249;

    /// <summary>Jobs that wait for one worker thread.</summary>
    public const int WorkQueueMax = 100_000;

    /// <summary>Compare-and-set attempts before a change is given up.</summary>
    public const int MetadataAttemptsMax = 16;

    /// <summary>UTF-8 bytes of a group name that may have a configuration of its own.</summary>
    public const int GroupNameBytesMax = 400;

    /// <summary>Bytes of one value in a topic's or broker's configuration.</summary>
    public const int ConfigValueCharsMax = 32 * 1024;

    /// <summary>How often waiting acknowledgements are checked against their deadline.</summary>
    public const int AcknowledgementCheckMs = 250;

    /// <summary>How often partitions are looked at for flush.ms.</summary>
    public const int FlushCheckMs = 1000;

    /// <summary>Logs of a new topic that are made at the same time.</summary>
    public const int LogCreationsMax = 8;

    /// <summary>Opened logs between two progress lines at start.</summary>
    public const int OpenProgressEvery = 1000;

    /// <summary>Bytes read at once when a record is looked for by its time.</summary>
    public const int LookupReadBytes = 64 * 1024;
}
