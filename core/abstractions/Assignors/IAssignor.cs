namespace Teralog.Abstractions;

/// <summary>
/// Gives partitions to members: a pure function of the snapshot, deterministic, no clock, no
/// randomness, no I/O. The host checks the result and keeps the last good one when it throws.
/// </summary>
public interface IAssignor
{
    /// <summary>Name that groups choose it by, for example <c>range</c>.</summary>
    string Name { get; }

    /// <summary>Fills <paramref name="assignment"/>: each partition of a subscribed topic at most
    /// once, only to members that subscribe to the topic.</summary>
    void Assign(GroupSnapshot group, AssignmentBuilder assignment);
}
