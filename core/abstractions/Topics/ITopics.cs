namespace Teralog.Abstractions;

/// <summary>Topics: list, create, delete, grow, trim. Changes are durable when they
/// return.</summary>
public interface ITopics
{
    /// <summary>All topics, ordered by name (ordinal). A snapshot.</summary>
    IReadOnlyList<TopicView> List();

    /// <summary>One topic, or null.</summary>
    TopicView? Find(string name);

    /// <summary>One topic, or null.</summary>
    TopicView? Find(Guid topicId);

    /// <summary>Creates a topic, or with <paramref name="validateOnly"/> says what would happen.
    /// </summary>
    ValueTask<CreateTopicResult> CreateAsync(
        NewTopic topic, bool validateOnly, CancellationToken cancellationToken);

    /// <summary>Creates the topic with the broker's defaults where auto-creation is on. Answers the
    /// topic, or the error (unknown topic where it is off).</summary>
    ValueTask<CreateTopicResult> AutoCreateAsync(string name, CancellationToken cancellationToken);

    /// <summary>Deletes a topic; its files go in the background.</summary>
    ValueTask<TopicResult> DeleteAsync(string name, CancellationToken cancellationToken);

    /// <summary>Raises the number of partitions.</summary>
    /// <param name="name">Topic name.</param>
    /// <param name="totalCount">New total.</param>
    /// <param name="assignments">Replicas of each new partition, or null for the broker's choice.
    /// </param>
    /// <param name="validateOnly">Check only.</param>
    /// <param name="cancellationToken">Cancels the wait, not the change.</param>
    ValueTask<TopicResult> CreatePartitionsAsync(
        string name, int totalCount, IReadOnlyList<IReadOnlyList<int>>? assignments,
        bool validateOnly, CancellationToken cancellationToken);

    /// <summary>
    /// Moves the log start up to <paramref name="offset"/> (-1: the high watermark); durable when
    /// it returns. The result carries the new log start.
    /// </summary>
    ValueTask<DeleteRecordsResult> DeleteRecordsAsync(
        PartitionHandle partition, long offset, CancellationToken cancellationToken);
}

/// <summary>What a caller asks for when creating a topic.</summary>
/// <param name="Name">Topic name.</param>
/// <param name="Partitions">Partition count, or -1 for the broker's default.</param>
/// <param name="ReplicationFactor">Copies, or -1 for the broker's default.</param>
/// <param name="Assignments">Replicas by partition, or null; then both counts are -1.</param>
/// <param name="Configs">Topic configuration by name; null values are refused.</param>
public sealed record NewTopic(
    string Name, int Partitions, int ReplicationFactor,
    IReadOnlyDictionary<int, IReadOnlyList<int>>? Assignments,
    IReadOnlyList<KeyValuePair<string, string?>> Configs);

/// <summary>Outcome of creating a topic.</summary>
public sealed record CreateTopicResult(
    BrokerError Error, string? Message, TopicView? Topic, IReadOnlyList<ConfigEntry>? Configs);

/// <summary>Outcome of a change to a topic.</summary>
public readonly record struct TopicResult(BrokerError Error, string? Message);

/// <summary>Outcome of deleting records; the low watermark is the log start, -1 on error.</summary>
public readonly record struct DeleteRecordsResult(BrokerError Error, long LowWatermark);
