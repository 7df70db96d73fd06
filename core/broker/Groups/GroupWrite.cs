using Teralog.Abstractions;

namespace Teralog.Broker.Groups;

/// <summary>
/// Records that a step of a state machine wants in the log, and how it goes on. When they are
/// durable they are applied to the table, as a replay would, then <see cref="Done"/> is called with
/// <see cref="BrokerError.None"/>; when the write failed nothing is applied and it gets the reason.
/// Writes of one shard are done in the order in which they were asked for.
/// </summary>
internal sealed record GroupWrite(
    ClassicGroup Group, IReadOnlyList<CoordinatorRecord> Records,
    Action<BrokerError, GroupStep>? Done);
