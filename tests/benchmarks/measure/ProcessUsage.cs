using System.Globalization;
using Teralog.Benchmarks.Load;

namespace Teralog.Benchmarks.Measure;

/// <summary>What a process used, as the kernel's scheduler counted it.</summary>
internal static class ProcessUsage
{
    // Linux: the clock of another process is its id, inverted, above three bits of kind.
    private const int SchedulerClock = 2;

    /// <summary>Exact run time of all its threads, ended ones too: the sum of schedstat.</summary>
    public static unsafe double CpuSeconds(int processId)
    {
        TimeSpec time;
        if (Native.ClockGetTime((~processId << 3) | SchedulerClock, &time) != 0)
            throw new InvalidOperationException($"Process {processId} is gone.");
        return time.Seconds + time.Nanoseconds / 1e9;
    }

    /// <summary>Resident bytes now (<c>VmRSS</c>) or at most (<c>VmHWM</c>), in MB.</summary>
    public static double ResidentMb(int processId, string field = "VmRSS")
    {
        var line = File.ReadLines($"/proc/{processId}/status")
            .First(each => each.StartsWith(field, StringComparison.Ordinal));
        var kilobytes = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        return double.Parse(kilobytes, CultureInfo.InvariantCulture) * 1024 / 1e6;
    }
}
