namespace Teralog.Abstractions;

/// <summary>
/// The one entry type of a plugin assembly: public, sealed, with a parameterless constructor.
/// The host creates it once after the manifest was accepted and calls <see cref="Register"/> on the
/// start-up thread, before any listener opens.
/// </summary>
public interface IPlugin
{
    /// <summary>
    /// Adds what the plugin offers. It may throw: the broker then does not start and says which
    /// plugin refused and why. It must not start threads or open sockets here.
    /// </summary>
    void Register(IPluginRegistry registry, IPluginContext context);
}
