using System.Buffers;
using FsCheck.Xunit;
using Teralog.Protocol.Kafka.Messages;
using Teralog.Records.Wire;

namespace Teralog.Protocol.Kafka.Tests;

/// <summary>Frames, growth, and lengths that are known only afterwards.</summary>
public sealed class WireWriterTests
{
    [Fact]
    public void AFrameHasItsSizeBeforeIt()
    {
        var writer = new WireWriter(stackalloc byte[3]);
        var frame = writer.BeginFrame();
        writer.WriteInt64(7);
        writer.EndFrame(frame, bytesToFollow: 5);
        var destination = new ArrayBufferWriter<byte>();
        writer.CopyTo(destination);
        Assert.Equal(Convert.FromHexString("0000000d0000000000000007"),
            destination.WrittenSpan.ToArray());
        writer.Dispose();
        Assert.Equal(0, writer.Position);
        writer.WriteInt8(1);
        Assert.Equal(1, writer.Written.Length);
        writer.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(127)]
    [InlineData(128)]
    [InlineData(20_000)]
    public void ATagMovesForItsSize(int length)
    {
        var writer = new WireWriter([]);
        var outer = writer.BeginTag(3);
        var inner = writer.BeginTag(300);
        writer.WriteRaw(new byte[length]);
        writer.EndTag(inner);
        writer.WriteInt8(42);
        writer.EndTag(outer);
        writer.WriteInt8(43);

        var reader = new WireReader(writer.Written);
        Assert.True(reader.BeginTag(out var tag, out var end));
        Assert.Equal(3u, tag);
        Assert.True(reader.BeginTag(out tag, out var innerEnd));
        Assert.Equal(300u, tag);
        Assert.Equal(length, innerEnd - reader.Position);
        reader.EndTag(innerEnd);
        Assert.Equal(42, reader.ReadInt8());
        Assert.Equal(end, reader.Position);
        reader.EndTag(end);
        Assert.Equal(43, reader.ReadInt8());
        Assert.Equal(0, reader.Remaining);
        writer.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TextIsCutAtTheLimitBetweenCharacters(bool compact)
    {
        var writer = new WireWriter([]);
        writer.WriteString(new string('a', WireLimits.StringBytesMax - 1) + "é-tail", compact);
        var reader = new WireReader(writer.Written);
        Assert.Equal(
            new string('a', WireLimits.StringBytesMax - 1), reader.ReadString(compact));
        Assert.False(reader.Failed);
        Assert.Equal(0, reader.Remaining);
        writer.Dispose();
    }

    [Fact]
    public void NullWhereItIsForbiddenIsEmpty()
    {
        var response = new MetadataResponse { Topics = [new() { Name = null }] };
        var bytes = WireCheck.Write(response, 9);
        var read = (MetadataResponse)WireCheck.Read(
            typeof(MetadataResponse), bytes, 9, out var failed, out _);
        Assert.False(failed);
        Assert.Equal("", read.Topics[0].Name);
    }

    [Property]
    public void WhatIsWrittenIsRead(int[] numbers, string? text, byte[]? bytes, bool compact)
    {
        var writer = new WireWriter(stackalloc byte[16]);
        writer.WriteList<int, WireElements.Int32>(numbers?.ToList(), compact, nullable: true);
        writer.WriteNullableString(text, compact);
        writer.WriteNullableBytes(bytes, compact);
        var reader = new WireReader(writer.Written);
        Assert.Equal(numbers, reader.ReadNullableList<int, WireElements.Int32>(compact));
        var expected = text is null
            ? null : System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(text));
        Assert.Equal(expected, reader.ReadNullableString(compact));
        Assert.Equal(bytes, reader.ReadNullableBytes(compact));
        Assert.False(reader.Failed);
        Assert.Equal(0, reader.Remaining);
        writer.Dispose();
    }
}
