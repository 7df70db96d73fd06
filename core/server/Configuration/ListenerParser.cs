using System.Net;
using System.Net.Sockets;
using Teralog.Abstractions;

namespace Teralog.Server.Configuration;

/// <summary>
/// Makes listeners of Kafka's <c>listeners</c>, <c>advertised.listeners</c> and
/// <c>listener.security.protocol.map</c>. Says every error, not the first.
/// </summary>
internal sealed class ListenerParser(Func<string, string> valueOf, Func<string, string> originOf)
{
    private const string Listeners = "listeners";
    private const string Advertised = "advertised.listeners";
    private const string ProtocolMap = "listener.security.protocol.map";
    private const string ControllerNames = "controller.listener.names";
    private const string Plaintext = "PLAINTEXT";

    private readonly List<string> _errors = [];
    private readonly List<string> _warnings = [];

    public IReadOnlyList<string> Errors => _errors;

    public IReadOnlyList<string> Warnings => _warnings;

    public IReadOnlyList<ListenerSpec> Parse()
    {
        var controllers = Items(ControllerNames);
        var protocols = Protocols();
        var advertised = Addresses(Advertised).ToDictionary(a => a.Name, Comparer);
        var specs = new List<ListenerSpec>();
        foreach (var address in Addresses(Listeners))
        {
            if (controllers.Contains(address.Name, Comparer))
                _warnings.Add($"The controller listener {address.Name} is not opened: broker and "
                    + "controller are one process here.");
            else if (Check(address, protocols) && Bind(address) is { } bind)
                specs.Add(Spec(address, bind, advertised.GetValueOrDefault(address.Name)));
        }

        foreach (var name in advertised.Keys.Where(
            n => !specs.Exists(s => Comparer.Equals(s.Name, n))))
            Error(Advertised, $"{name} is advertised but is not among the listeners");
        if (specs.Count == 0 && _errors.Count == 0)
            Error(Listeners, "no listener is left; write for example PLAINTEXT://127.0.0.1:9092");
        return specs;
    }

    private static StringComparer Comparer => StringComparer.OrdinalIgnoreCase;

    private Dictionary<string, string> Protocols()
    {
        var map = new Dictionary<string, string>(Comparer);
        foreach (var item in Items(ProtocolMap))
        {
            var parts = item.Split(':', StringSplitOptions.TrimEntries);
            if (parts.Length == 2)
                map[parts[0]] = parts[1];
            else
                Error(ProtocolMap, $"'{item}' is not NAME:PROTOCOL");
        }

        return map;
    }

    private bool Check(Address address, Dictionary<string, string> protocols)
    {
        if (!protocols.TryGetValue(address.Name, out var protocol))
            return Error(ProtocolMap, $"the listener {address.Name} has no security protocol; "
                + $"add {address.Name}:PLAINTEXT");
        return Comparer.Equals(protocol, Plaintext) || Error(Listeners,
            $"the listener {address.Name} asks for {protocol}, which this version does not speak; "
            + "use PLAINTEXT");
    }

    private IPEndPoint? Bind(Address address)
    {
        if (address.IsWildcard)
            return new IPEndPoint(IPAddress.Any, address.Port);
        if (Resolve(address.Host) is { } found)
            return new IPEndPoint(found, address.Port);
        Error(Listeners, $"the host '{address.Host}' of {address.Name} does not resolve");
        return null;
    }

    private ListenerSpec Spec(Address address, IPEndPoint bind, Address? advertised)
    {
        if (advertised is not null)
        {
            WarnIfUnreachable(address, advertised.Host);
            return new(address.Name, bind, advertised.Host, advertised.Port);
        }

        var host = address.IsWildcard ? OwnHost() : address.Host;
        WarnIfUnreachable(address, host);
        return new(address.Name, bind, host, address.Port);
    }

    /// <summary>The mistake that newcomers make most: bound to all, advertised to nobody.</summary>
    private void WarnIfUnreachable(Address address, string advertisedHost)
    {
        var isLocal = Comparer.Equals(advertisedHost, "localhost")
            || (IPAddress.TryParse(advertisedHost, out var ip) && IPAddress.IsLoopback(ip));
        if (address.IsWildcard && isLocal)
            _warnings.Add($"{address.Name} listens on all addresses but tells clients to dial "
                + $"{advertisedHost}: only clients on this machine can connect; "
                + "set advertised.listeners.");
    }

    private static string OwnHost()
    {
        var name = Dns.GetHostName();
        return Resolve(name) is null ? "localhost" : name;
    }

    private static IPAddress? Resolve(string host)
    {
        if (IPAddress.TryParse(host, out var literal))
            return literal;
        try
        {
            var all = Dns.GetHostAddresses(host);
            return Array.Find(all, a => a.AddressFamily == AddressFamily.InterNetwork)
                ?? all.FirstOrDefault();
        }
        catch (SocketException)
        {
            return null;
        }
    }

    private List<Address> Addresses(string name)
    {
        var addresses = new List<Address>();
        foreach (var item in Items(name))
        {
            if (Address.Parse(item) is not { } address)
                Error(name, $"'{item}' is not NAME://host:port");
            else if (addresses.Exists(known => Comparer.Equals(known.Name, address.Name)))
                Error(name, $"the listener {address.Name} is written twice");
            else if (name == Advertised && address.IsWildcard)
                Error(name, $"{address.Name} cannot be advertised as '{address.Host}': name a "
                    + "host that clients can dial");
            else
                addresses.Add(address);
        }

        return addresses;
    }

    private string[] Items(string name) => valueOf(name).Split(
        ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private bool Error(string name, string what)
    {
        _errors.Add($"{originOf(name)}: {name}: {what}.");
        return false;
    }
}
