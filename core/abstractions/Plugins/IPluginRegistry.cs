namespace Teralog.Abstractions;

/// <summary>Where a plugin puts what it offers. Valid only during
/// <see cref="IPlugin.Register"/>.</summary>
/// <remarks>A name that is taken already is refused with an exception that names both
/// plugins.</remarks>
public interface IPluginRegistry
{
    /// <summary>Offers a protocol frontend; it is started after the broker has recovered.</summary>
    void AddFrontend(IFrontend frontend);

    /// <summary>Offers a strategy; a broker uses the one that its configuration names.</summary>
    void AddReplication(IReplicationStrategy strategy);

    /// <summary>Offers a codec under its name and its wire id.</summary>
    void AddCodec(ICodec codec);

    /// <summary>Offers a partition assignor under its name.</summary>
    void AddAssignor(IAssignor assignor);
}
