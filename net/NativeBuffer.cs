using System.Buffers;
using System.Runtime.InteropServices;

namespace Teralog.Net;

/// <summary>
/// A block of native memory that a loop's pool owns. It is a memory manager so that
/// <see cref="Connection.GetMemory"/> can serve writers that want <see cref="Memory{T}"/>.
/// </summary>
internal sealed unsafe class NativeBuffer : MemoryManager<byte>
{
    public NativeBuffer(int capacityBytes)
    {
        Pointer = (byte*)NativeMemory.Alloc((nuint)capacityBytes);
        CapacityBytes = capacityBytes;
    }

    public byte* Pointer { get; private set; }

    public int CapacityBytes { get; }

    public override Span<byte> GetSpan() => new(Pointer, CapacityBytes);

    public override MemoryHandle Pin(int elementIndex = 0) => new(Pointer + elementIndex);

    public override void Unpin()
    {
        // Native memory does not move.
    }

    public void Free()
    {
        NativeMemory.Free(Pointer);
        Pointer = null;
    }

    protected override void Dispose(bool disposing) => Free();
}
