using Teralog.Abstractions;

namespace Teralog.PluginHost;

/// <summary>What the accepted plugins offer so far, with the id of the plugin that offers
/// it.</summary>
internal sealed class CatalogBuilder
{
    private readonly Dictionary<string, string> _foldersById = new(StringComparer.Ordinal);
    private readonly Dictionary<(PluginKind, string), string> _owners = [];
    private readonly Dictionary<int, string> _codecOwners = [];
    private readonly List<Registration> _registrations = [];

    /// <summary>An id belongs to the folder that claimed it first.</summary>
    public void ClaimId(string id, string folderName)
    {
        if (!_foldersById.TryAdd(id, folderName))
            throw new PluginRefusedException(
                $"in folder '{folderName}' has an id that folder '{_foldersById[id]}' has too; "
                + "remove one of them");
    }

    /// <summary>Names both plugins where a name or a codec's wire id is taken.</summary>
    public void ThrowIfTaken(PluginKind kind, string name, object instance)
    {
        if (_owners.TryGetValue((kind, name), out var owner))
            throw new PluginRefusedException($"registers the {Noun(kind)} '{name}', which plugin "
                + $"'{owner}' registered already; remove one of them");
        if (instance is ICodec { Id: >= 0 } codec && _codecOwners.TryGetValue(codec.Id, out owner))
            throw new PluginRefusedException($"registers a codec with wire id {codec.Id}, which "
                + $"plugin '{owner}' registered already; remove one of them");
    }

    public void Accept(string pluginId, IReadOnlyList<Registration> registrations)
    {
        foreach (var registration in registrations)
        {
            _owners.Add((registration.Kind, registration.Name), pluginId);
            if (registration.Instance is ICodec { Id: >= 0 } codec)
                _codecOwners[codec.Id] = pluginId;
            _registrations.Add(registration);
        }
    }

    public PluginCatalog Build() => new(
        All<IFrontend>(PluginKind.Frontend), All<IReplicationStrategy>(PluginKind.Replication),
        All<ICodec>(PluginKind.Codec), All<IAssignor>(PluginKind.Assignor));

    public static string Noun(PluginKind kind) => kind switch
    {
        PluginKind.Frontend => "frontend",
        PluginKind.Replication => "replication strategy",
        PluginKind.Codec => "codec",
        PluginKind.Assignor => "partition assignor",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    private Dictionary<string, T> All<T>(PluginKind kind) => _registrations
        .Where(registration => registration.Kind == kind)
        .ToDictionary(r => r.Name, r => (T)r.Instance, StringComparer.Ordinal);
}
