using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Teralog.Records;

/// <summary>
/// CRC-32C (Castagnoli, reflected polynomial 82f63b78), with the widest instruction that the
/// processor has: folding by 512-bit or 256-bit carry-less products, three interleaved SSE4.2
/// streams, or the framework's own (one stream, or a table). Folding follows V. Gopal et al.,
/// "Fast CRC Computation for Generic Polynomials Using PCLMULQDQ", Intel 2009. A path that does
/// not agree with the table at start is not used.
/// </summary>
public static class Crc32C
{
    private const int FoldBlockSizeBytes = 4 * 64;
    private const int Fold256BlockSizeBytes = 4 * 32;
    private const int StreamSizeBytes = 512;
    private const int InterleaveBlockSizeBytes = 3 * StreamSizeBytes;

    private static readonly uint[] Table = BuildTable();
    private static readonly ulong ShiftOneStream = PowerOfX((8 * StreamSizeBytes) - 33);
    private static readonly ulong ShiftTwoStreams = PowerOfX((16 * StreamSizeBytes) - 33);
    private static readonly Vector128<ulong> Fold128 = FoldBy(128);
    private static readonly Vector128<ulong> Fold256 = FoldBy(256);
    private static readonly Vector128<ulong> Fold384 = FoldBy(384);
    private static readonly Vector128<ulong> Fold512 = FoldBy(512);
    private static readonly Vector128<ulong> Fold1024 = FoldBy(1024);
    private static readonly Vector128<ulong> Fold2048 = FoldBy(2048);

    internal static readonly bool CanFold512 = Pclmulqdq.V512.IsSupported
        && Sse42.X64.IsSupported && Agrees(ComputeByFolding512);

    internal static readonly bool CanFold256 = Pclmulqdq.V256.IsSupported
        && Sse42.X64.IsSupported && Agrees(ComputeByFolding256);

    internal static readonly bool CanInterleave = Pclmulqdq.IsSupported
        && Sse42.X64.IsSupported && Agrees(ComputeByInterleaving);

    private delegate uint Path(ReadOnlySpan<byte> bytes);

    /// <summary>The CRC-32C of the bytes, e3069283 for "123456789".</summary>
    public static uint Compute(ReadOnlySpan<byte> bytes)
    {
        if (CanFold512 && bytes.Length >= FoldBlockSizeBytes)
            return ComputeByFolding512(bytes);

        if (CanFold256 && bytes.Length >= Fold256BlockSizeBytes)
            return ComputeByFolding256(bytes);

        if (CanInterleave && bytes.Length >= InterleaveBlockSizeBytes)
            return ComputeByInterleaving(bytes);

        return ComputeByOneStream(bytes);
    }

    internal static uint ComputeByTable(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
            crc = Table[(byte)(crc ^ value)] ^ (crc >> 8);

        return ~crc;
    }

    internal static uint ComputeByOneStream(ReadOnlySpan<byte> bytes) =>
        ~ContinueOneStream(uint.MaxValue, bytes);

    internal static uint ComputeByInterleaving(ReadOnlySpan<byte> bytes)
    {
        ulong crc = uint.MaxValue;
        while (bytes.Length >= InterleaveBlockSizeBytes)
        {
            ref byte start = ref MemoryMarshal.GetReference(bytes);
            ulong second = 0;
            ulong third = 0;
            for (int at = 0; at < StreamSizeBytes; at += sizeof(ulong))
            {
                crc = Sse42.X64.Crc32(crc, Load(ref start, at));
                second = Sse42.X64.Crc32(second, Load(ref start, at + StreamSizeBytes));
                third = Sse42.X64.Crc32(third, Load(ref start, at + (2 * StreamSizeBytes)));
            }

            crc = Shift(crc, ShiftTwoStreams) ^ Shift(second, ShiftOneStream) ^ third;
            bytes = bytes[InterleaveBlockSizeBytes..];
        }

        return ~ContinueOneStream((uint)crc, bytes);
    }

    internal static uint ComputeByFolding512(ReadOnlySpan<byte> bytes)
    {
        Invariant.That(bytes.Length >= FoldBlockSizeBytes);
        ref byte start = ref MemoryMarshal.GetReference(bytes);
        Vector512<ulong> by2048 = Vector512.Create(Vector256.Create(Fold2048, Fold2048),
            Vector256.Create(Fold2048, Fold2048));
        Vector512<ulong> a = Load512(ref start, 0)
            ^ Vector512.CreateScalar<ulong>(uint.MaxValue);
        Vector512<ulong> b = Load512(ref start, 64);
        Vector512<ulong> c = Load512(ref start, 128);
        Vector512<ulong> d = Load512(ref start, 192);
        int at = FoldBlockSizeBytes;
        for (; at <= bytes.Length - FoldBlockSizeBytes; at += FoldBlockSizeBytes)
        {
            a = Fold(a, by2048) ^ Load512(ref start, at);
            b = Fold(b, by2048) ^ Load512(ref start, at + 64);
            c = Fold(c, by2048) ^ Load512(ref start, at + 128);
            d = Fold(d, by2048) ^ Load512(ref start, at + 192);
        }

        Vector512<ulong> by512 = Vector512.Create(Vector256.Create(Fold512, Fold512),
            Vector256.Create(Fold512, Fold512));
        b ^= Fold(a, by512);
        c ^= Fold(b, by512);
        d ^= Fold(c, by512);
        for (; at <= bytes.Length - 64; at += 64)
            d = Fold(d, by512) ^ Load512(ref start, at);

        return ~ContinueOneStream(Reduce(d), bytes[at..]);
    }

    internal static uint ComputeByFolding256(ReadOnlySpan<byte> bytes)
    {
        Invariant.That(bytes.Length >= Fold256BlockSizeBytes);
        ref byte start = ref MemoryMarshal.GetReference(bytes);
        Vector256<ulong> by1024 = Vector256.Create(Fold1024, Fold1024);
        Vector256<ulong> a = Load256(ref start, 0)
            ^ Vector256.CreateScalar<ulong>(uint.MaxValue);
        Vector256<ulong> b = Load256(ref start, 32);
        Vector256<ulong> c = Load256(ref start, 64);
        Vector256<ulong> d = Load256(ref start, 96);
        int at = Fold256BlockSizeBytes;
        for (; at <= bytes.Length - Fold256BlockSizeBytes; at += Fold256BlockSizeBytes)
        {
            a = Fold(a, by1024) ^ Load256(ref start, at);
            b = Fold(b, by1024) ^ Load256(ref start, at + 32);
            c = Fold(c, by1024) ^ Load256(ref start, at + 64);
            d = Fold(d, by1024) ^ Load256(ref start, at + 96);
        }

        Vector256<ulong> by256 = Vector256.Create(Fold256, Fold256);
        b ^= Fold(a, by256);
        c ^= Fold(b, by256);
        d ^= Fold(c, by256);
        for (; at <= bytes.Length - 32; at += 32)
            d = Fold(d, by256) ^ Load256(ref start, at);

        uint crc = Reduce(Fold(d.GetLower(), Fold128) ^ d.GetUpper());
        return ~ContinueOneStream(crc, bytes[at..]);
    }

    // The four lanes become one, and the CRC instruction divides what is left.
    private static uint Reduce(Vector512<ulong> lanes)
    {
        Vector128<ulong> sum = Fold(lanes.GetLower().GetLower(), Fold384)
            ^ Fold(lanes.GetLower().GetUpper(), Fold256)
            ^ Fold(lanes.GetUpper().GetLower(), Fold128)
            ^ lanes.GetUpper().GetUpper();
        return Reduce(sum);
    }

    private static uint Reduce(Vector128<ulong> sum) =>
        (uint)Sse42.X64.Crc32(Sse42.X64.Crc32(0, sum[0]), sum[1]);

    private static uint ContinueOneStream(uint crc, ReadOnlySpan<byte> bytes)
    {
        ref byte start = ref MemoryMarshal.GetReference(bytes);
        int at = 0;
        for (; at <= bytes.Length - sizeof(ulong); at += sizeof(ulong))
            crc = BitOperations.Crc32C(crc, Load(ref start, at));
        for (; at < bytes.Length; at++)
            crc = BitOperations.Crc32C(crc, bytes[at]);

        return crc;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Load(ref byte start, int at) =>
        Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Load512(ref byte start, int at) =>
        Vector512.LoadUnsafe(ref Unsafe.Add(ref start, at)).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> Fold(Vector512<ulong> value, Vector512<ulong> by) =>
        Pclmulqdq.V512.CarrylessMultiply(value, by, 0x00)
            ^ Pclmulqdq.V512.CarrylessMultiply(value, by, 0x11);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Load256(ref byte start, int at) =>
        Vector256.LoadUnsafe(ref Unsafe.Add(ref start, at)).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Fold(Vector256<ulong> value, Vector256<ulong> by) =>
        Pclmulqdq.V256.CarrylessMultiply(value, by, 0x00)
            ^ Pclmulqdq.V256.CarrylessMultiply(value, by, 0x11);

    private static bool Agrees(Path path)
    {
        byte[] sample = new byte[(4 * InterleaveBlockSizeBytes) + 77];
        for (int index = 0; index < sample.Length; index++)
            sample[index] = (byte)((index * 131) ^ (index >> 3));

        return path(sample) == ComputeByTable(sample);
    }

    private static Vector128<ulong> Fold(Vector128<ulong> value, Vector128<ulong> by) =>
        Pclmulqdq.CarrylessMultiply(value, by, 0x00)
            ^ Pclmulqdq.CarrylessMultiply(value, by, 0x11);

    private static ulong Shift(ulong crc, ulong by)
    {
        Vector128<ulong> product = Pclmulqdq.CarrylessMultiply(
            Vector128.CreateScalar(crc), Vector128.CreateScalar(by), 0x00);
        return Sse42.X64.Crc32(0, product[0]);
    }

    private static Vector128<ulong> FoldBy(int bits) =>
        Vector128.Create(PowerOfX(bits + 32) << 1, PowerOfX(bits - 32) << 1);

    // x to the n modulo the polynomial, reflected: the highest bit is x to the 0.
    private static ulong PowerOfX(int exponent)
    {
        uint value = 0x80000000;
        for (int step = 0; step < exponent; step++)
            value = TimesX(value);

        return value;
    }

    private static uint TimesX(uint value) =>
        (value >> 1) ^ ((value & 1) != 0 ? 0x82f63b78u : 0);

    private static uint[] BuildTable()
    {
        uint[] table = new uint[256];
        for (uint index = 0; index < 256; index++)
        {
            uint value = index;
            for (int bit = 0; bit < 8; bit++)
                value = TimesX(value);
            table[index] = value;
        }

        return table;
    }
}
