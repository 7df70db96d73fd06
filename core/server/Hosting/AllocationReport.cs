using System.Globalization;
using System.Runtime.InteropServices;

namespace Teralog.Server.Hosting;

/// <summary>
/// For benchmarks: where the environment names a file, SIGUSR1 appends one line to it with what
/// the process has allocated on the managed heap. Without the variable nothing is registered.
/// </summary>
internal static class AllocationReport
{
    private const string FileVariable = "TERALOG_ALLOCATION_FILE";
    private const int SignalUser1 = 10;

    /// <summary>Null where the environment does not ask for it.</summary>
    public static IDisposable? Register() =>
        Environment.GetEnvironmentVariable(FileVariable) is { Length: > 0 } file
            ? PosixSignalRegistration.Create((PosixSignal)SignalUser1, context =>
            {
                context.Cancel = true;
                File.AppendAllText(file, Line());
            })
            : null;

    /// <summary>Allocated bytes since the start, collections of generation 0, heap bytes.</summary>
    private static string Line() => string.Create(CultureInfo.InvariantCulture,
        $"{GC.GetTotalAllocatedBytes()} {GC.CollectionCount(0)} {GC.GetTotalMemory(false)}\n");
}
