using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Teralog.Net.Native;

/// <summary>Makes bound, listening, non-blocking sockets.</summary>
internal static unsafe class ListenSocket
{
    /// <summary>Returns the descriptor.</summary>
    /// <exception cref="ListenException">A step failed; nothing is left open.</exception>
    public static int Open(IPEndPoint endpoint, ListenerOptions options, ILogger logger)
    {
        var type = Libc.StreamSocket | Libc.SocketFlags;
        var fd = Libc.Socket(NativeAddress.Family(endpoint), type, 0);
        if (fd < 0)
            throw Failure(endpoint, "socket");
        Libc.TrySetOption(fd, Libc.LevelSocket, Libc.ReuseAddress, 1);
        if (endpoint.Address.Equals(IPAddress.IPv6Any))
            Libc.TrySetOption(fd, Libc.LevelIpv6, Libc.Ipv6Only, 0);
        SetInherited(fd, options, logger);
        var address = stackalloc byte[NativeAddress.BytesMax];
        var span = new Span<byte>(address, NativeAddress.BytesMax);
        var addressBytes = NativeAddress.Write(endpoint, span);
        if (Libc.Bind(fd, address, (uint)addressBytes) != 0)
            throw CloseAnd(fd, endpoint, "bind");
        if (Libc.Listen(fd, options.Backlog) != 0)
            throw CloseAnd(fd, endpoint, "listen");
        return fd;
    }

    /// <summary>What the socket is bound to.</summary>
    public static IPEndPoint LocalEndpoint(int fd)
    {
        var address = stackalloc byte[NativeAddress.BytesMax];
        uint addressBytes = NativeAddress.BytesMax;
        return Libc.GetSocketName(fd, address, &addressBytes) == 0
            ? NativeAddress.Read(new Span<byte>(address, NativeAddress.BytesMax))
            : new IPEndPoint(IPAddress.None, 0);
    }

    /// <summary>Accepted sockets inherit these.</summary>
    private static void SetInherited(int fd, ListenerOptions options, ILogger logger)
    {
        Libc.TrySetOption(fd, Libc.LevelSocket, Libc.KeepAlive, 1);
        if (options.SendBufferBytes is { } send)
            Libc.TrySetOption(fd, Libc.LevelSocket, Libc.SendBuffer, send);
        if (options.ReceiveBufferBytes is { } receive)
            Libc.TrySetOption(fd, Libc.LevelSocket, Libc.ReceiveBuffer, receive);
        if (options.TcpCongestion is not { } congestion)
            return;
        var name = Encoding.ASCII.GetBytes(congestion);
        fixed (byte* value = name)
        {
            var result = Libc.SetOption(
                fd, Libc.LevelTcp, Libc.TcpCongestion, value, (uint)name.Length);
            if (result != 0)
                Log.OptionRefused(logger, options.Name, congestion, Libc.LastError);
        }
    }

    private static ListenException CloseAnd(int fd, IPEndPoint endpoint, string step)
    {
        var failure = Failure(endpoint, step);
        _ = Libc.Close(fd);
        return failure;
    }

    private static ListenException Failure(IPEndPoint endpoint, string step)
    {
        var errno = Libc.LastError;
        return new ListenException(
            endpoint, step, errno, Marshal.GetPInvokeErrorMessage(errno));
    }
}
