using System.Buffers.Binary;

namespace Teralog.Fuzz;

/// <summary>Changes to right bytes that make them nearly right.</summary>
internal static class Mutation
{
    private const int ChangesMax = 6;

    private static readonly int[] Lengths =
        [-1, -2, 0, 1, int.MaxValue, int.MinValue, 1_000_001, 0x7fff, 0x8000, -32_768];

    /// <summary>A changed copy; now and then the same bytes, or others altogether.</summary>
    public static byte[] Of(byte[] source, Random random)
    {
        if (random.Next(16) == 0)
            return Noise(random);
        var bytes = (byte[])source.Clone();
        for (var left = random.Next(ChangesMax + 1); left > 0 && bytes.Length > 0; left--)
            bytes = Change(bytes, random);
        return bytes;
    }

    private static byte[] Noise(Random random)
    {
        var bytes = new byte[random.Next(200)];
        random.NextBytes(bytes);
        return bytes;
    }

    private static byte[] Change(byte[] bytes, Random random)
    {
        var at = random.Next(bytes.Length);
        switch (random.Next(7))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 1:
                bytes[at] = (byte)random.Next(256);
                return bytes;
            case 2:
                bytes[at] = random.Next(2) == 0 ? (byte)0xff : (byte)0x80;
                return bytes;
            case 3 when bytes.Length - at >= sizeof(int):
                BinaryPrimitives.WriteInt32BigEndian(
                    bytes.AsSpan(at), Lengths[random.Next(Lengths.Length)]);
                return bytes;
            case 4:
                return bytes[..at];
            case 5:
                return [.. bytes[..at], .. bytes[random.Next(at + 1)..]];
            default:
                return [.. bytes[..at], (byte)random.Next(256), .. bytes[at..]];
        }
    }
}
