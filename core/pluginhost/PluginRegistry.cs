using Teralog.Abstractions;

namespace Teralog.PluginHost;

/// <summary>
/// Collects the registrations of one plugin and closes behind it. What is wrong in itself (a kind
/// that the manifest does not say, a name nobody could write) is refused at once, so that the
/// plugin's own stack trace points at the line; what is taken already is the catalog's matter.
/// </summary>
internal sealed class PluginRegistry(PluginManifest manifest, CatalogBuilder catalog)
    : IPluginRegistry
{
    private readonly List<Registration> _registrations = [];
    private PluginRefusedException? _refusal;
    private bool _isClosed;

    public void AddFrontend(IFrontend frontend) =>
        Add(PluginKind.Frontend, frontend?.Name, frontend);

    public void AddReplication(IReplicationStrategy strategy) =>
        Add(PluginKind.Replication, strategy?.Name, strategy);

    public void AddCodec(ICodec codec) => Add(PluginKind.Codec, codec?.Name, codec);

    public void AddAssignor(IAssignor assignor) =>
        Add(PluginKind.Assignor, assignor?.Name, assignor);

    /// <summary>Nothing can be added afterwards. A refusal that the plugin swallowed comes back
    /// here: half of what it meant to offer is not offered.</summary>
    public IReadOnlyList<Registration> Close()
    {
        _isClosed = true;
        if (_refusal is not null)
            throw _refusal;
        return _registrations.Count > 0
            ? _registrations
            : throw new PluginRefusedException(
                $"registers nothing, but plugin.json says it is a {Noun(manifest.Kind)}");
    }

    private void Add(PluginKind kind, string? name, object? instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        if (_isClosed)
            throw new InvalidOperationException("Registration ended when Register returned.");
        try
        {
            Check(kind, name, instance);
        }
        catch (PluginRefusedException refusal)
        {
            _refusal ??= refusal;
            throw;
        }

        _registrations.Add(new Registration(kind, name!, instance));
    }

    private void Check(PluginKind kind, string? name, object instance)
    {
        if (kind != manifest.Kind)
            throw new PluginRefusedException(
                $"registers a {Noun(kind)}, but plugin.json says it is a {Noun(manifest.Kind)}");
        if (name is null || !PluginNames.IsSound(name))
            throw new PluginRefusedException($"registers a {Noun(kind)} under the name '{name}': "
                + "use lower-case letters, digits, '.', '-', '_'");
        catalog.ThrowIfTaken(kind, name, instance);
        if (_registrations.Exists(known => known.Name == name))
            throw new PluginRefusedException($"registers the {Noun(kind)} '{name}' twice");
    }

    private static string Noun(PluginKind kind) => CatalogBuilder.Noun(kind);
}
