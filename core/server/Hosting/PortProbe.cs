using System.Net.Sockets;
using Teralog.Abstractions;
using Teralog.Broker;

namespace Teralog.Server.Hosting;

/// <summary>
/// Asks whether the ports are free before the disk is touched. Somebody may still take one before
/// the listener opens: that ends the start too, only later.
/// </summary>
internal static class PortProbe
{
    /// <exception cref="BrokerStartException">An endpoint cannot be bound.</exception>
    public static void Run(IEnumerable<ListenerSpec> listeners)
    {
        foreach (var listener in listeners)
        {
            using var socket = new Socket(
                listener.Bind.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Bind(listener.Bind);
                socket.Listen(1);
            }
            catch (SocketException exception)
            {
                throw Refusal(listener,
                    exception.SocketErrorCode == SocketError.AddressAlreadyInUse,
                    exception);
            }
        }
    }

    public static BrokerStartException Refusal(
        ListenerSpec listener, bool isInUse, Exception cause) => new(isInUse
            ? $"The port of {listener.Name} ({listener.Bind}) is in use by another process: stop "
                + "it, or set listeners to a free port."
            : $"{listener.Name} cannot listen on {listener.Bind}: {cause.Message}: "
                + "set listeners to "
                + "an address of this machine and a port that this user may open.", cause);
}
