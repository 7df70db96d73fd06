using System.Diagnostics;
using Teralog.Benchmarks.Measure;
using Teralog.Benchmarks.Wire;

namespace Teralog.Benchmarks.Scenarios;

/// <summary>Topics that are ready to be used.</summary>
internal static class Topics
{
    /// <summary>Creates a topic and waits until every partition answers.</summary>
    public static void Create(ControlConnection control, string topic, int partitions)
    {
        control.CreateTopic(topic, partitions);
        var start = Stopwatch.GetTimestamp();
        for (var partition = 0; partition < partitions; partition++)
        {
            while (control.EndOffset(topic, partition) < 0)
            {
                if (Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(20))
                    throw new TimeoutException($"{topic}-{partition} has no leader.");
                Machine.Pause(TimeSpan.FromMilliseconds(10));
            }
        }
    }
}
