using System.Diagnostics;
using System.Globalization;

namespace Teralog.Benchmarks.Measure;

/// <summary>Facts about the machine that change results.</summary>
internal static class Machine
{
    private const string CongestionFile = "/proc/sys/net/ipv4/tcp_congestion_control";
    private const double TicksPerSecond = 100;

    public static string Congestion => File.ReadAllText(CongestionFile).Trim();

    public static string Kernel => File.ReadAllText("/proc/sys/kernel/osrelease").Trim();

    public static string Processor => File.ReadLines("/proc/cpuinfo")
        .First(line => line.StartsWith("model name", StringComparison.Ordinal))
        .Split(':')[1].Trim();

    /// <summary>Seconds that all cores were busy or stolen since the machine started.</summary>
    public static double BusySeconds()
    {
        var fields = File.ReadLines("/proc/stat").First()
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1)
            .Select(text => double.Parse(text, CultureInfo.InvariantCulture)).ToArray();
        const int idle = 3, waiting = 4, stolen = 7;
        return fields.Take(stolen + 1).Where((_, at) => at is not (idle or waiting)).Sum()
            / TicksPerSecond;
    }

    /// <summary>Sets the congestion control that new sockets of both brokers get; false where
    /// the machine does not let us.</summary>
    public static bool TrySetCongestion(string name)
    {
        try
        {
            File.WriteAllText(CongestionFile, name);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>
    /// Writes that many bytes and deletes them again, so that the pages that the next bytes get
    /// are backed by the host: a page that was free for seconds costs up to 2 CPU-seconds a GB.
    /// </summary>
    public static void WarmPages(string folder, long sizeBytes)
    {
        var path = Path.Combine(folder, "warm-up");
        var block = new byte[1 << 20];
        using (var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write))
        {
            for (long at = 0; at < sizeBytes; at += block.Length)
                RandomAccess.Write(file, block, at);
        }
        File.Delete(path);
    }

    /// <summary>Waits until others leave the machine alone, or the time is over.</summary>
    public static void AwaitQuiet(double foreignCoresMax, TimeSpan patience)
    {
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < patience)
        {
            var busy = BusySeconds();
            var at = Stopwatch.GetTimestamp();
            Pause(TimeSpan.FromMilliseconds(500));
            var cores = (BusySeconds() - busy) / Stopwatch.GetElapsedTime(at).TotalSeconds;
            if (cores < foreignCoresMax)
                return;
        }
    }

    /// <summary>Lets time pass: the machine is what is waited for, it has no condition.</summary>
    public static void Pause(TimeSpan time)
    {
        using var never = new ManualResetEventSlim();
        never.Wait(time);
    }
}
