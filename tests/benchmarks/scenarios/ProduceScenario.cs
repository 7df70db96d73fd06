using Teralog.Benchmarks.Brokers;
using Teralog.Benchmarks.Load;
using Teralog.Benchmarks.Measure;
using Teralog.Benchmarks.Report;
using Teralog.Benchmarks.Wire;
using Teralog.Records;

namespace Teralog.Benchmarks.Scenarios;

/// <summary>
/// One batch of 16 KiB a request. Every run gets a new topic, and pages that were written and
/// freed just before.
/// </summary>
internal sealed class ProduceScenario(
    Turns turns, BrokerProcess[] both, string folder, long volumeBytes, TimeSpan openTime)
{
    public const int Connections = 8;
    private const double OpenBytesPerSecond = 60e6;
    private const int BatchesPerConnection = 16;
    private static int _topics;

    public IEnumerable<Row> Run()
    {
        var plain = Batches.Make(Connections * BatchesPerConnection, CompressionType.None);
        WarmUp(plain);
        yield return Open("produce 60 MB/s acks=1", plain, acks: 1);
        yield return Open("produce 60 MB/s acks=all", plain, acks: -1);
        yield return Closed("produce acks=1", plain, acks: 1);
        yield return Closed("produce acks=all", plain, acks: -1);
        foreach (var compression in new[] { CompressionType.Lz4, CompressionType.Zstd })
        {
            var made = Batches.Make(Connections * BatchesPerConnection, compression);
            var name = compression.ToString().ToLowerInvariant();
            yield return Closed($"produce {name} acks=1", made, acks: 1);
        }
    }

    /// <summary>Both compilers have seen the path before anything counts.</summary>
    private void WarmUp(MadeBatch[] batches)
    {
        foreach (var broker in both)
        {
            for (var pass = 0; pass < 2; pass++)
            {
                WithTopic(broker, batches, acks: 1, run => LegMeter.Measure(
                    both, broker, () => run.Closed(volumeBytes / Batches.SizeMaxBytes), true));
            }
        }
    }

    private Row Closed(string name, MadeBatch[] batches, short acks) => turns.Run(
        name, both, broker => WithTopic(broker, batches, acks, run =>
        {
            var requests = volumeBytes / Batches.SizeMaxBytes;
            run.Closed(requests / 20);
            Machine.WarmPages(folder, volumeBytes);
            return LegMeter.Measure(both, broker, () => run.Closed(requests), isProduce: true);
        }));

    private Row Open(string name, MadeBatch[] batches, short acks) => turns.Run(
        name, both, broker => WithTopic(broker, batches, acks, run =>
        {
            var rate = OpenBytesPerSecond / Batches.SizeMaxBytes;
            run.Open(rate, TimeSpan.FromSeconds(1));
            Machine.WarmPages(folder, (long)(OpenBytesPerSecond * openTime.TotalSeconds));
            return LegMeter.Measure(both, broker, () => run.Open(rate, openTime), true);
        }));

    private static Leg WithTopic(
        BrokerProcess broker, MadeBatch[] batches, short acks, Func<LoadRun, Leg> measure)
    {
        var topic = $"produce-{_topics++}";
        using var control = new ControlConnection(broker.Port);
        Topics.Create(control, topic, Connections);
        using var run = new LoadRun(Enumerable.Range(0, Connections).Select(partition =>
        {
            var frames = batches
                .Skip(partition * BatchesPerConnection).Take(BatchesPerConnection)
                .Select(batch => Requests.Produce(topic, partition, acks, batch.Bytes));
            return new LoadConnection(
                broker.Port, frames.ToArray(), Requests.ProduceErrorAt(topic));
        }).ToArray());
        var leg = measure(run);
        control.DeleteTopic(topic);
        return leg;
    }
}
