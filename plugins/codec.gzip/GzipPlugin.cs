using Teralog.Abstractions;

namespace Teralog.Codec.Gzip;

/// <summary>Offers the codec <c>gzip</c>.</summary>
public sealed class GzipPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry, IPluginContext context) =>
        registry.AddCodec(new GzipCodec());
}
