using System.Globalization;
using System.Net;
using Teralog.Abstractions;

namespace Teralog.Server.Hosting;

/// <summary>A listener that is open, for people.</summary>
internal sealed record OpenListener(string Name, IPEndPoint Bound, string Advertised)
{
    public static OpenListener From(ListenerSpec spec, IPEndPoint bound)
    {
        var port = spec.AdvertisedPort == 0 ? bound.Port : spec.AdvertisedPort;
        return new OpenListener(spec.Name, bound, string.Create(
            CultureInfo.InvariantCulture, $"{spec.AdvertisedHost}:{port}"));
    }

    public override string ToString() => $"{Name} {Bound} -> {Advertised}";
}
