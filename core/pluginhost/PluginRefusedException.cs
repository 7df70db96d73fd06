namespace Teralog.PluginHost;

/// <summary>
/// Carries the one sentence of a refusal from any depth of the load to the loader's loop; never
/// leaves this assembly. The sentence begins where "plugin 'id' " ends.
/// </summary>
internal sealed class PluginRefusedException(string reason, Exception? cause = null)
    : Exception(reason, cause);
