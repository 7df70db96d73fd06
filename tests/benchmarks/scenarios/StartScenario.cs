using Teralog.Benchmarks.Brokers;
using Teralog.Benchmarks.Load;
using Teralog.Benchmarks.Measure;
using Teralog.Benchmarks.Report;
using Teralog.Benchmarks.Wire;
using Teralog.Records;

namespace Teralog.Benchmarks.Scenarios;

/// <summary>Time from the start to the first Metadata answer on an empty folder, memory when
/// idle, and the most memory under a produce load. Kafka runs without pre-touched heap here.
/// </summary>
internal sealed class StartScenario(int rounds, long volumeBytes)
{
    private const int Partitions = 8;

    /// <summary>Starts each broker in turns; the first start of each is not counted.</summary>
    public List<StartResult> Run(Func<BrokerProcess> teralog, Func<BrokerProcess> kafka)
    {
        var batches = Batches.Make(Partitions, CompressionType.None);
        var results = new List<StartResult>();
        for (var round = -1; round < rounds; round++)
        {
            foreach (var start in new[] { teralog, kafka })
            {
                Machine.AwaitQuiet(LegMeter.ForeignCoresMax, TimeSpan.FromSeconds(5));
                var result = One(start, batches);
                Console.Error.WriteLine($"  {result}");
                if (round >= 0)
                    results.Add(result);
            }
        }
        return results;
    }

    private StartResult One(Func<BrokerProcess> start, MadeBatch[] batches)
    {
        using var broker = start();
        Machine.Pause(TimeSpan.FromSeconds(2));
        var idleMb = broker.ResidentMb;
        using var control = new ControlConnection(broker.Port);
        Topics.Create(control, "start", Partitions);
        using var run = new LoadRun(batches.Select((batch, partition) => new LoadConnection(
            broker.Port, [Requests.Produce("start", partition, 1, batch.Bytes)],
            Requests.ProduceErrorAt("start"))).ToArray());
        run.Closed(volumeBytes / Batches.SizeMaxBytes);
        return new(
            broker.Name, broker.StartTime.TotalMilliseconds, idleMb,
            ProcessUsage.ResidentMb(broker.ProcessId, "VmHWM"));
    }
}
