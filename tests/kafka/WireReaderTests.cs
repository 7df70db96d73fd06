using Teralog.Protocol.Kafka.Messages;
using Teralog.Records.Wire;

namespace Teralog.Protocol.Kafka.Tests;

/// <summary>What Kafka's reader tolerates, and what it does not.</summary>
public sealed class WireReaderTests
{
    [Theory]
    [InlineData("00", false, false)]
    [InlineData("01", true, false)]
    [InlineData("02", true, false)]
    [InlineData("", false, true)]
    public void ABoolIsAnyByteButZero(string hex, bool value, bool fails)
    {
        var reader = new WireReader(Convert.FromHexString(hex));
        Assert.Equal(value, reader.ReadBool());
        Assert.Equal(fails, reader.Failed);
    }

    [Theory]
    [InlineData("ffff", false)]
    [InlineData("fffb", false)]
    [InlineData("8000", false)]
    [InlineData("00", true)]
    [InlineData("8180808008", true)]
    public void ANegativeStringLengthIsNull(string hex, bool compact)
    {
        var reader = new WireReader(Convert.FromHexString(hex));
        Assert.Null(reader.ReadNullableString(compact));
        Assert.False(reader.Failed);
        reader = new WireReader(Convert.FromHexString(hex));
        Assert.Equal("", reader.ReadString(compact));
        Assert.True(reader.Failed);
    }

    [Theory]
    [InlineData("fffffffe", false, -1, false)]
    [InlineData("00", true, -1, false)]
    [InlineData("8380808000", true, 2, true)]
    [InlineData("83808080000000", true, 2, false)]
    [InlineData("838080808000", true, 0, true)]
    [InlineData("7fffffff0000", false, 0, true)]
    [InlineData("0000000200", false, 0, true)]
    [InlineData("00000000", false, 0, false)]
    public void ACountIsBoundedByWhatRemains(string hex, bool compact, int count, bool fails)
    {
        var reader = new WireReader(Convert.FromHexString(hex));
        Assert.Equal(fails ? 0 : count, reader.ReadArrayCount(compact));
        Assert.Equal(fails, reader.Failed);
    }

    [Fact]
    public void AnArrayHasAtMostAMillionElements()
    {
        Assert.False(CountFails(WireLimits.ArrayElementsMax));
        Assert.True(CountFails(WireLimits.ArrayElementsMax + 1));
    }

    [Fact]
    public void AfterAFailureEveryReadIsADefault()
    {
        var reader = new WireReader([1, 2, 3, 4, 5, 6, 7, 8, 9]);
        reader.Fail();
        Assert.Equal(0, reader.ReadInt32());
        Assert.Equal(0u, reader.ReadUnsignedVarint());
        Assert.Null(reader.ReadNullableString(compact: false));
        Assert.Equal("", reader.ReadString(compact: false));
        Assert.Empty(reader.ReadBytes(compact: true));
        Assert.Equal(0, reader.ReadArrayCount(compact: true));
        Assert.False(reader.ReadPresence());
        Assert.Equal(0, reader.Remaining);
        Assert.Equal(0, reader.Position);
    }

    [Theory]
    [InlineData("00", false, 0L)]
    [InlineData("020109000000000000000f00000000000000000001010000", true, 0L)]
    [InlineData("0101080000000000000007", false, 7L)]
    [InlineData("0201080000000000000007010800000000000000080000", false, 8L)]
    [InlineData("029001020a0b01080000000000000009", false, 9L)]
    [InlineData("0101070000000000000007", true, 0L)]
    [InlineData("01010a00000000000000070000", false, 7L)]
    [InlineData("9150", true, 0L)]
    public void TagsMayBeUnknownTwiceOrLong(string tagsHex, bool fails, long epoch)
    {
        // Error code 0, no keys, throttle 0; then the tagged fields of version 3.
        var bytes = Convert.FromHexString("0000" + "01" + "00000000" + tagsHex);
        var reader = new WireReader(bytes);
        var response = new ApiVersionsResponse();
        response.Read(ref reader, 3);
        Assert.Equal(fails, reader.Failed);
        if (!fails)
            Assert.Equal(epoch == 0 ? -1 : epoch, response.FinalizedFeaturesEpoch);
    }

    [Fact]
    public void SlicesAreNotCopied()
    {
        var reader = new WireReader([0, 2, 0x61, 0x62, 0, 0, 0, 1, 0x63, 9]);
        Assert.True(reader.ReadStringSlice(compact: false, out var text));
        Assert.True(reader.ReadBytesSlice(compact: false, out var bytes));
        Assert.True(text.SequenceEqual("ab"u8));
        Assert.True(bytes.SequenceEqual("c"u8));
        Assert.Equal(9, reader.Position);
        Assert.Equal(1, reader.Remaining);
    }

    [Fact]
    public void WhatIsNotUtf8IsReplaced()
    {
        var reader = new WireReader([0, 2, 0xff, 0x61]);
        Assert.Equal("\uFFFDa", reader.ReadString(compact: false));
    }

    private static bool CountFails(int count)
    {
        var bytes = new byte[4 + count];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bytes, count);
        var reader = new WireReader(bytes);
        _ = reader.ReadArrayCount(compact: false);
        return reader.Failed;
    }
}
