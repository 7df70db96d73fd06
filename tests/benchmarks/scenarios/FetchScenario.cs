using Teralog.Benchmarks.Brokers;
using Teralog.Benchmarks.Load;
using Teralog.Benchmarks.Report;
using Teralog.Benchmarks.Wire;
using Teralog.Records;

namespace Teralog.Benchmarks.Scenarios;

/// <summary>Fetches of 1 MiB from partitions that are in the page cache, round and round.
/// </summary>
internal sealed class FetchScenario(Turns turns, BrokerProcess[] both, long volumeBytes)
{
    private const string Topic = "fetch";
    private const int Partitions = 4;
    private const int FetchBytes = 1 << 20;
    private const int FetchesPerPartition = 32;
    private const int BatchesPerPartition = 16;

    public IEnumerable<Row> Run()
    {
        var batches = Batches.Make(Partitions * BatchesPerPartition, CompressionType.None);
        foreach (var broker in both)
        {
            Load(broker, batches);
            Fetch(broker, batches, connections: Partitions);
        }
        yield return Measured("fetch 1 MiB, 4 connections", batches, connections: 4);
        yield return Measured("fetch 1 MiB, 16 connections", batches, connections: 16);
    }

    private Row Measured(string name, MadeBatch[] batches, int connections) =>
        turns.Run(name, both, broker => Fetch(broker, batches, connections));

    private Leg Fetch(BrokerProcess broker, MadeBatch[] batches, int connections)
    {
        using var run = new LoadRun(Enumerable.Range(0, connections)
            .Select(index => new LoadConnection(
                broker.Port, Frames(batches, index % Partitions), Requests.FetchErrorAt(Topic)))
            .ToArray());
        run.Closed(FetchesPerPartition * Partitions);
        return LegMeter.Measure(
            both, broker, () => run.Closed(volumeBytes / FetchBytes), isProduce: false);
    }

    private static void Load(BrokerProcess broker, MadeBatch[] batches)
    {
        using var control = new ControlConnection(broker.Port);
        Topics.Create(control, Topic, Partitions);
        using var run = new LoadRun(Enumerable.Range(0, Partitions).Select(partition =>
            new LoadConnection(
                broker.Port,
                Of(batches, partition)
                    .Select(batch => Requests.Produce(Topic, partition, 1, batch.Bytes)).ToArray(),
                Requests.ProduceErrorAt(Topic))).ToArray());
        // One round more than is read, so that the last fetch finds its whole size too; the
        // connections may drift apart by a few requests.
        const long perPartition = (FetchesPerPartition + 2L) * FetchBytes / Batches.SizeMaxBytes;
        while (Enumerable.Range(0, Partitions).Any(at => Bytes(control, batches, at)
            < (FetchesPerPartition + 1L) * FetchBytes))
        {
            run.Closed(perPartition * Partitions);
        }
    }

    private static long Bytes(ControlConnection control, MadeBatch[] batches, int partition)
    {
        var cycle = Of(batches, partition);
        var records = control.EndOffset(Topic, partition);
        return records * cycle.Sum(batch => batch.Bytes.Length) / cycle.Sum(batch => batch.Count);
    }

    /// <summary>Frames that read the partition from its start, a mebibyte on each time.</summary>
    private static byte[][] Frames(MadeBatch[] batches, int partition)
    {
        var cycle = Of(batches, partition);
        var frames = new byte[FetchesPerPartition][];
        long offset = 0, sizeBytes = 0;
        for (int index = 0, batch = 0; index < frames.Length; batch++)
        {
            if (sizeBytes >= (long)index * FetchBytes)
                frames[index++] = Requests.Fetch(Topic, partition, offset, FetchBytes);
            offset += cycle[batch % cycle.Length].Count;
            sizeBytes += cycle[batch % cycle.Length].Bytes.Length;
        }
        return frames;
    }

    private static MadeBatch[] Of(MadeBatch[] batches, int partition) =>
        [.. batches.Skip(partition * BatchesPerPartition).Take(BatchesPerPartition)];
}
