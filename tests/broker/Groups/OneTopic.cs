using Teralog.Abstractions;

namespace Teralog.Broker.Tests.Groups;

/// <summary>One topic, <c>here</c>, with one partition.</summary>
internal sealed class OneTopic : ITopics
{
    private static readonly TopicView Here = new(
        "here", Guid.Parse("00000000-0000-0000-0000-000000000005"), false,
        [new PartitionView(0, 1, 0, [1], [1], [])]);

    public IReadOnlyList<TopicView> List() => [Here];

    public TopicView? Find(string name) => name == Here.Name ? Here : null;

    public TopicView? Find(Guid topicId) => topicId == Here.TopicId ? Here : null;

    public ValueTask<CreateTopicResult> CreateAsync(
        NewTopic topic, bool validateOnly, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<CreateTopicResult> AutoCreateAsync(
        string name, CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask<TopicResult> DeleteAsync(string name, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<TopicResult> CreatePartitionsAsync(
        string name, int totalCount, IReadOnlyList<IReadOnlyList<int>>? assignments,
        bool validateOnly, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public ValueTask<DeleteRecordsResult> DeleteRecordsAsync(
        PartitionHandle partition, long offset, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
