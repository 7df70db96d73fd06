using Teralog.Abstractions;

namespace Teralog.Codec.Lz4;

/// <summary>Offers the codec <c>lz4</c>.</summary>
public sealed class Lz4Plugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry, IPluginContext context) =>
        registry.AddCodec(new Lz4Codec());
}
