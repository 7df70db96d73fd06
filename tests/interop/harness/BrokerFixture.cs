using Teralog.Interop.Harness;

namespace Teralog.Interop;

/// <summary>A broker for one test class, in a data folder of its own.</summary>
public class BrokerFixture : IAsyncLifetime
{
    internal Broker Broker { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Broker = await Broker.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (Broker is not null)
            await Broker.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
