namespace Teralog.Storage;

/// <summary>Where the batches of an append come from.</summary>
public enum AppendOrigin
{
    /// <summary>A producer: offsets and epoch are assigned, sequences were checked.</summary>
    Client = 0,

    /// <summary>A coordinator of this broker: as a client, and markers are allowed.</summary>
    Coordinator,

    /// <summary>The leader: offsets, epochs and times stay as they are.</summary>
    Replica,
}
