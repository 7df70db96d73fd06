using FsCheck.Xunit;
using Teralog.Records;

namespace Teralog.Storage.Tests.Records;

public sealed class VarintTests
{
    [Property]
    public void A_value_reads_back_from_its_shortest_form(int value, long longValue)
    {
        Span<byte> buffer = stackalloc byte[Varint.SizeMax64];
        int size = Varint.Write(buffer, value);
        Assert.Equal(Varint.SizeOf(value), size);
        Assert.Equal(size, Varint.Read(buffer[..size], out int read));
        Assert.Equal(value, read);
        Assert.Equal(0, Varint.Read(buffer[..(size - 1)], out _));

        size = Varint.WriteLong(buffer, longValue);
        Assert.Equal(Varint.SizeOfLong(longValue), size);
        Assert.Equal(size, Varint.ReadLong(buffer[..size], out long readLong));
        Assert.Equal(longValue, readLong);

        size = Varint.WriteUnsigned(buffer, (uint)value);
        Assert.Equal(Varint.SizeOfUnsigned((uint)value), size);
        Assert.Equal(size, Varint.ReadUnsigned(buffer, out uint readUnsigned));
        Assert.Equal((uint)value, readUnsigned);
    }

    [Theory]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(-64)]
    [InlineData(-65)]
    public void The_edges_read_back(int value) =>
        A_value_reads_back_from_its_shortest_form(value, value * 4_294_967_297L);

    [Fact]
    public void Longer_forms_are_taken_up_to_five_and_ten_bytes()
    {
        Assert.Equal(5, Varint.Read([0x88, 0x80, 0x80, 0x80, 0x00], out int value));
        Assert.Equal(4, value);
        Assert.Equal(0, Varint.Read([0x88, 0x80, 0x80, 0x80, 0x80, 0x00], out _));
        Assert.Equal(10, Varint.ReadLong(
            [0x88, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00], out long longValue));
        Assert.Equal(4, longValue);
        Assert.Equal(0, Varint.ReadLong(
            [0x88, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00], out _));
    }
}
