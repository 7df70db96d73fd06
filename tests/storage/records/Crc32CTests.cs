using System.Runtime.Intrinsics.X86;
using System.Text.Json.Nodes;
using Teralog.Records;
using Teralog.TestKit;

namespace Teralog.Storage.Tests.Records;

public sealed class Crc32CTests
{
    [Fact]
    public void The_check_value_of_the_polynomial_comes_out()
    {
        Assert.Equal(0xe3069283u, Crc32C.Compute("123456789"u8));
        Assert.Equal(0u, Crc32C.Compute([]));
    }

    [Fact]
    public void Every_vector_comes_out()
    {
        if (SharedFolder.Find("protocol", "vectors", "crc32c.jsonl") is null)
            Assert.Skip("the shared folder is absent");

        int count = 0;
        foreach (JsonObject vector in VectorFile.Lines("crc32c.jsonl"))
        {
            byte[] input = Convert.FromHexString((string)vector["input"]!);
            uint expected = (uint)(long)vector["crc32c"]!;
            Assert.Equal(expected, Crc32C.Compute(input));
            Assert.Equal(expected, Crc32C.ComputeByTable(input));
            count++;
        }

        Assert.Equal(176, count);
    }

    [Fact]
    public void All_paths_are_equal_at_every_length_and_alignment()
    {
        Random random = Seeds.Next();
        byte[] bytes = random.Bytes(10_000);
        for (int length = 0; length < 4200; length += random.Next(1, 9))
            CheckPaths(bytes.AsSpan(random.Next(64), length));

        CheckPaths(bytes);
        CheckPaths(new byte[8192]);
    }

    [Fact]
    public void Every_path_that_the_processor_has_is_used()
    {
        Assert.Equal(Pclmulqdq.V512.IsSupported, Crc32C.CanFold512);
        Assert.Equal(Pclmulqdq.V256.IsSupported, Crc32C.CanFold256);
        Assert.Equal(Sse42.X64.IsSupported && Pclmulqdq.IsSupported, Crc32C.CanInterleave);
    }

    private static void CheckPaths(ReadOnlySpan<byte> input)
    {
        uint expected = Crc32C.ComputeByTable(input);
        Assert.Equal(expected, Crc32C.ComputeByOneStream(input));
        Assert.Equal(expected, Crc32C.Compute(input));
        if (Crc32C.CanInterleave)
            Assert.Equal(expected, Crc32C.ComputeByInterleaving(input));
        if (Crc32C.CanFold256 && input.Length >= 128)
            Assert.Equal(expected, Crc32C.ComputeByFolding256(input));
        if (Crc32C.CanFold512 && input.Length >= 256)
            Assert.Equal(expected, Crc32C.ComputeByFolding512(input));
    }
}
