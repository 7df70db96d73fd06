using Teralog.Abstractions;

namespace Teralog.Assignor.Range;

/// <summary>Offers the assignor <c>range</c>.</summary>
public sealed class RangeAssignorPlugin : IPlugin
{
    /// <inheritdoc/>
    public void Register(IPluginRegistry registry, IPluginContext context) =>
        registry.AddAssignor(new RangeAssignor());
}
