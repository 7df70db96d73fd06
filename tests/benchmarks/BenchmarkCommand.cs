using Teralog.Benchmarks.Brokers;
using Teralog.Benchmarks.Measure;
using Teralog.Benchmarks.Report;
using Teralog.Benchmarks.Scenarios;

namespace Teralog.Benchmarks;

/// <summary>Starts both brokers, measures them in turns, reports, leaves nothing behind.</summary>
internal sealed class BenchmarkCommand(BenchmarkOptions options) : IDisposable
{
    private readonly string _folder =
        Directory.CreateDirectory(Path.Combine(options.Work, $"benchmark-{Guid.NewGuid():N}"))
            .FullName;
    private readonly string _congestionBefore = Machine.Congestion;
    private int _brokers;

    public int Run()
    {
        if (Paths.Kafka is null && options.Peer != "teralog")
        {
            Console.Error.WriteLine("Apache Kafka is not here: TERALOG_SHARED names its folder.");
            return 1;
        }
        if (!Machine.TrySetCongestion(options.Congestion))
            Console.Error.WriteLine($"TCP stays on {Machine.Congestion}, for both.");
        var executable = options.Peer == "kafka"
            ? ""
            : Paths.Teralog(options.Teralog, _folder);
        var report = new BenchmarkReport(
            TimeProvider.System.GetUtcNow(), Machine.Processor, Environment.ProcessorCount,
            Machine.Kernel, Machine.Congestion, Rows(executable), Starts(executable));
        report.WriteTable(Console.Out);
        if (options.Out is not null)
            Console.Out.WriteLine($"\n{report.Save(options.Out)}");
        return 0;
    }

    public void Dispose()
    {
        Machine.TrySetCongestion(_congestionBefore);
        Directory.Delete(_folder, recursive: true);
    }

    private List<Row> Rows(string executable)
    {
        if (!options.Measures("produce") && !options.Measures("fetch"))
            return [];
        var both = Start(executable);
        try
        {
            return [.. Produce(both), .. Fetch(both)];
        }
        finally
        {
            foreach (var broker in both)
                broker.Dispose();
        }
    }

    private BrokerProcess[] Start(string executable)
    {
        var both = new List<BrokerProcess>();
        if (options.Peer != "kafka")
            both.Add(Teralog(executable));
        if (options.Peer != "teralog")
            both.Add(Kafka(isPreTouched: true));
        return [.. both];
    }

    private BrokerProcess Teralog(string executable) =>
        BrokerProcess.Teralog(executable, Path.Combine(_folder, $"teralog-{_brokers++}"));

    private BrokerProcess Kafka(bool isPreTouched) =>
        BrokerProcess.Kafka(Paths.Kafka!, Path.Combine(_folder, $"kafka-{_brokers++}"),
            isPreTouched);

    private IEnumerable<Row> Produce(BrokerProcess[] both) => options.Measures("produce")
        ? new ProduceScenario(
            Turns(), both, _folder, options.IsQuick ? 400_000_000 : 1_000_000_000,
            TimeSpan.FromSeconds(options.IsQuick ? 3 : 10)).Run()
        : [];

    private IEnumerable<Row> Fetch(BrokerProcess[] both) => options.Measures("fetch")
        ? new FetchScenario(
            Turns(), both, options.IsQuick ? 2_000_000_000 : 10_000_000_000).Run()
        : [];

    private List<StartResult> Starts(string executable) =>
        options.Measures("start") && options.Peer == "both"
            ? new StartScenario(options.IsQuick ? 1 : 5, 200_000_000).Run(
                () => Teralog(executable), () => Kafka(isPreTouched: false))
            : [];

    private Turns Turns() => options.IsQuick
        ? new(Rounds: 2, RetriesMax: 2, QuietPatience: TimeSpan.FromSeconds(2))
        : new(Rounds: 5, RetriesMax: 10, QuietPatience: TimeSpan.FromSeconds(20));
}
