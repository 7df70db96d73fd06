using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Teralog.Net.Native;

/// <summary>struct sockaddr_in and sockaddr_in6, to and from an <see cref="IPEndPoint"/>.</summary>
internal static class NativeAddress
{
    public const int BytesMax = 28;
    public const int FamilyV4 = 2;
    public const int FamilyV6 = 10;

    private const int BytesV4 = 16;

    public static int Family(IPEndPoint endpoint) =>
        endpoint.AddressFamily == AddressFamily.InterNetworkV6 ? FamilyV6 : FamilyV4;

    /// <summary>Writes the address; returns its size in bytes.</summary>
    public static int Write(IPEndPoint endpoint, Span<byte> target)
    {
        target[..BytesMax].Clear();
        var family = (ushort)Family(endpoint);
        MemoryMarshal.Write(target, in family);
        BinaryPrimitives.WriteUInt16BigEndian(target[2..], (ushort)endpoint.Port);
        if (family == FamilyV4)
        {
            endpoint.Address.TryWriteBytes(target[4..], out _);
            return BytesV4;
        }
        endpoint.Address.TryWriteBytes(target[8..], out _);
        var scope = (uint)endpoint.Address.ScopeId;
        MemoryMarshal.Write(target[24..], in scope);
        return BytesMax;
    }

    /// <summary>Reads an address that the kernel wrote; mapped IPv4 becomes IPv4.</summary>
    public static IPEndPoint Read(ReadOnlySpan<byte> source)
    {
        var port = BinaryPrimitives.ReadUInt16BigEndian(source[2..]);
        if (MemoryMarshal.Read<ushort>(source) == FamilyV4)
            return new IPEndPoint(new IPAddress(source.Slice(4, 4)), port);
        var scope = MemoryMarshal.Read<uint>(source[24..]);
        var address = new IPAddress(source.Slice(8, 16), scope);
        return new IPEndPoint(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, port);
    }
}
