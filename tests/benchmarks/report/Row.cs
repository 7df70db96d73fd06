namespace Teralog.Benchmarks.Report;

/// <summary>One thing that is measured, with every run of both brokers.</summary>
/// <param name="Name">What.</param>
/// <param name="Legs">All runs in the order they had, noisy ones too.</param>
internal sealed record Row(string Name, List<Leg> Legs)
{
    public double TeralogMedian(Func<Leg, double> of) => Median(Of("teralog").Select(of));

    public double KafkaMedian(Func<Leg, double> of) => Median(Of("kafka").Select(of));

    public double MedianRatio(Func<Leg, double> of) => TeralogMedian(of) / KafkaMedian(of);

    public double LeastRatio(Func<Leg, double> of) =>
        Of("teralog").Select(of).Min() / Of("kafka").Select(of).Min();

    /// <summary>How many runs count, of the broker that has fewer.</summary>
    public int QuietLegs => Math.Min(Quiet("teralog").Count, Quiet("kafka").Count);

    /// <summary>Quiet runs; where a broker has none, all of its runs: the table says so.</summary>
    public IReadOnlyList<Leg> Of(string broker) => Quiet(broker) is { Count: > 0 } quiet
        ? quiet
        : Legs.Where(leg => leg.Broker == broker).ToList();

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        if (sorted.Length == 0)
            return double.NaN;
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private List<Leg> Quiet(string broker) =>
        Legs.Where(leg => leg.Broker == broker && leg.IsQuiet).ToList();
}
