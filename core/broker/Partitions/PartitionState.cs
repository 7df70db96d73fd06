namespace Teralog.Broker;

/// <summary>How far a partition's life has come; it only goes on.</summary>
internal enum PartitionState
{
    /// <summary>It serves.</summary>
    Online,

    /// <summary>The broker stops.</summary>
    Closed,

    /// <summary>Its topic is gone.</summary>
    Deleted,
}
