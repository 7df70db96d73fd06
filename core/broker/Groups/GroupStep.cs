namespace Teralog.Broker.Groups;

/// <summary>
/// What one step of a group's state machine may use beside its own state, and what it leaves
/// behind: time and chance come in, writes go out. Answers go out through <see cref="Reply{T}"/>.
/// </summary>
/// <param name="NowMs">Milliseconds since 1970 on the seam clock.</param>
/// <param name="Settings">Configuration as of now.</param>
/// <param name="NewId">Makes ids of members.</param>
internal sealed record GroupStep(long NowMs, GroupSettings Settings, Func<Guid> NewId)
{
    /// <summary>Writes asked for, in order.</summary>
    public List<GroupWrite> Writes { get; } = [];

    /// <summary>Asks for a write.</summary>
    public void Write(GroupWrite write) => Writes.Add(write);
}
