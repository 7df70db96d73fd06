using Teralog.Abstractions;

namespace Teralog.Codec.Snappy;

/// <summary>Offers the codec <c>snappy</c>.</summary>
public sealed class SnappyPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry, IPluginContext context) =>
        registry.AddCodec(new SnappyCodec());
}
