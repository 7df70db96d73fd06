using System.Net;

namespace Teralog.Abstractions;

/// <summary>One configured listener: where to bind, and what clients are told to dial.</summary>
/// <param name="Name">Listener name, for example <c>PLAINTEXT</c>.</param>
/// <param name="Bind">Address and port to bind; port 0 takes a free one.</param>
/// <param name="AdvertisedHost">Host that metadata answers name.</param>
/// <param name="AdvertisedPort">Port that metadata answers name; 0 means the bound one.</param>
public sealed record ListenerSpec(
    string Name, IPEndPoint Bind, string AdvertisedHost, int AdvertisedPort);
