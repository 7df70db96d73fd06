namespace Teralog.Broker;

/// <summary>How a configuration can be changed.</summary>
public enum ConfigUpdate
{
    /// <summary>By a restart only.</summary>
    ReadOnly,

    /// <summary>At run time, for one broker.</summary>
    PerBroker,

    /// <summary>At run time, for one broker or for all.</summary>
    ClusterWide,

    /// <summary>At run time, for one topic.</summary>
    Topic,

    /// <summary>At run time, for one group.</summary>
    Group,
}
