using System.Text;
using Teralog.Records;

namespace Teralog.Protocol.Kafka.Tests;

/// <summary>Batches as a producer sends them.</summary>
internal static class TestBatches
{
    public static byte[] Of(params string[] values)
    {
        var builder = new BatchBuilder();
        foreach (var value in values)
            builder.Add(1_735_689_600_000, NullableBytes.Null, Encoding.UTF8.GetBytes(value));
        return builder.Build(new BatchBuilderOptions());
    }
}
