using Teralog.Abstractions;

namespace Teralog.Broker.Tests;

public sealed class AllocationTests
{
    private const int Rounds = 500;

    [Theory]
    [InlineData(RequiredAcks.Leader, 0)]
    [InlineData(RequiredAcks.All, 0)]
    public async Task Produce_and_fetch_allocate_nothing_in_steady_state(
        RequiredAcks acks, long bytesPerRequestMax)
    {
        await using TestBroker broker = await TestBroker.Open();
        await broker.Create("orders");
        PartitionHandle partition = broker.Partition("orders");
        byte[] template = Batches.Of(10);
        byte[] batch = new byte[template.Length];
        var completion = new Counter();
        Run(broker.Broker, partition, template, batch, completion, acks);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Run(broker.Broker, partition, template, batch, completion, acks);
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{bytes} bytes in {Rounds} produces and fetches");
        Assert.Equal(2 * Rounds, completion.Completed);

        // The index and the table of producers grow now and then: less than a byte a request.
        Assert.InRange(bytes, 0, (bytesPerRequestMax * Rounds) + 20_000);
    }

    private static void Run(
        IBroker broker, PartitionHandle partition, byte[] template, byte[] batch,
        Counter completion, RequiredAcks acks)
    {
        for (int round = 0; round < Rounds; round++)
        {
            template.CopyTo(batch, 0);
            PartitionHandle? found = broker.FindPartition("orders".AsSpan(), 0);
            Assert.True(ReferenceEquals(partition, found));
            broker.Produce(partition, batch, new(acks, 1000), completion, round);
            FetchResult result = broker.Fetch(
                partition, new(0, 1 << 16, Isolation.ReadUncommitted, true));
            result.Slice.Lease?.Dispose();
        }
    }

    private sealed class Counter : IProduceCompletion
    {
        public int Completed { get; private set; }

        public void Complete(long token, in ProduceResult result)
        {
            if (result.Error == BrokerError.None)
                Completed++;
        }
    }
}
