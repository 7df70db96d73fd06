using Teralog.Abstractions;

namespace Teralog.Codec.Zstd;

/// <summary>Offers the codec <c>zstd</c>.</summary>
public sealed class ZstdPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry, IPluginContext context) =>
        registry.AddCodec(new ZstdCodec());
}
