using Microsoft.Extensions.Logging;

namespace Teralog.Broker.Groups;

/// <summary>What all shards of the coordinator share: the seams and the configuration.</summary>
internal sealed record GroupRuntime(
    IGroupLog Log, TimeProvider Time, Func<Guid> NewId, Func<GroupSettings> Settings,
    ILogger Logger)
{
    /// <summary>Deadlines of all groups, on one timer.</summary>
    public DeadlineQueue Deadlines { get; } = new(Time);

    /// <summary>A step of a state machine, now.</summary>
    public GroupStep NewStep() =>
        new(Time.GetUtcNow().ToUnixTimeMilliseconds(), Settings(), NewId);
}
