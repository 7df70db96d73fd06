using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Teralog.Benchmarks.Load;
using Teralog.Benchmarks.Measure;
using Teralog.Benchmarks.Wire;

namespace Teralog.Benchmarks.Brokers;

/// <summary>One of the two brokers as a process, with a data folder and a port of its own. Both
/// acknowledge from the page cache.</summary>
internal sealed class BrokerProcess : IDisposable
{
    private static readonly TimeSpan _startMax = TimeSpan.FromSeconds(90);
    private readonly Process _process;
    private readonly string _folder;

    private BrokerProcess(string name, Process process, string folder, int port)
    {
        (Name, _process, _folder, Port) = (name, process, folder, port);
    }

    public string Name { get; }

    public int Port { get; }

    public int ProcessId => _process.Id;

    /// <summary>From the start of the process to its first answer to a Metadata request.</summary>
    public TimeSpan StartTime { get; private set; }

    public double CpuSeconds => ProcessUsage.CpuSeconds(ProcessId);

    public double ResidentMb => ProcessUsage.ResidentMb(ProcessId);

    private string AllocationFile => Path.Combine(_folder, "allocated");

    /// <summary>Teralog as `dotnet publish core/server -c Release` made it.</summary>
    public static BrokerProcess Teralog(string executable, string folder)
    {
        Directory.CreateDirectory(folder);
        var port = FreePort();
        var file = Path.Combine(folder, "server.properties");
        File.WriteAllLines(file,
        [
            $"listeners=PLAINTEXT://127.0.0.1:{port}", $"log.dirs={folder}/data",
            "log.flush.mode=os", "log.segment.delete.delay.ms=1000",
        ]);
        var info = Info(executable, ["serve", "--config", file]);
        info.Environment["TERALOG_ALLOCATION_FILE"] = Path.Combine(folder, "allocated");
        return Start("teralog", info, folder, port);
    }

    /// <summary>Apache Kafka with its own defaults.</summary>
    /// <param name="script">The <c>kafka</c> script of the peers' folder.</param>
    /// <param name="folder">Where its data goes.</param>
    /// <param name="isPreTouched">Whether the heap is touched at the start: right for CPU and
    /// latency, wrong for memory and the time of the start.</param>
    public static BrokerProcess Kafka(string script, string folder, bool isPreTouched)
    {
        var port = FreePort();
        var info = Info(
            script, ["serve", folder, $"port={port}", "log.segment.delete.delay.ms=1000"]);
        if (isPreTouched)
            info.Environment["KAFKA_OPTS"] = "-XX:+AlwaysPreTouch";
        return Start("kafka", info, folder, port);
    }

    /// <summary>Bytes of the managed heap since the start; -1 for Kafka.</summary>
    public long AllocatedBytes()
    {
        if (Name != "teralog")
            return -1;
        var before = Lines();
        _ = Native.Kill(ProcessId, Native.SignalUser1);
        var start = Stopwatch.GetTimestamp();
        while (Lines() == before)
        {
            if (Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(5))
                throw new TimeoutException("The broker does not report what it allocated.");
            Machine.Pause(TimeSpan.FromMilliseconds(5));
        }
        var last = File.ReadLines(AllocationFile).Last();
        return long.Parse(last.Split(' ')[0], CultureInfo.InvariantCulture);

        int Lines() => File.Exists(AllocationFile) ? File.ReadLines(AllocationFile).Count() : 0;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _ = Native.Kill(ProcessId, Native.SignalTerminate);
            if (!_process.WaitForExit(TimeSpan.FromSeconds(20)))
                _process.Kill();
            _process.WaitForExit();
        }
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static BrokerProcess Start(
        string name, ProcessStartInfo info, string folder, int port)
    {
        var start = Stopwatch.GetTimestamp();
        var broker = new BrokerProcess(name, Process.Start(info)!, folder, port);
        broker._process.OutputDataReceived += (_, _) => { };
        broker._process.ErrorDataReceived += (_, line) => Console.Error.WriteLine(line.Data);
        broker._process.BeginOutputReadLine();
        broker._process.BeginErrorReadLine();
        while (!Answers(port))
        {
            if (broker._process.HasExited || Stopwatch.GetElapsedTime(start) > _startMax)
                throw new InvalidOperationException($"{name} does not start.");
            Machine.Pause(TimeSpan.FromMilliseconds(2));
        }
        broker.StartTime = Stopwatch.GetElapsedTime(start);
        return broker;
    }

    private static bool Answers(int port)
    {
        try
        {
            using var connection = new ControlConnection(port);
            return connection.Send(Requests.Metadata()).Length > 8;
        }
        catch (Exception exception) when (exception is SocketException or EndOfStreamException)
        {
            return false;
        }
    }

    private static ProcessStartInfo Info(string file, string[] arguments) => new(file, arguments)
    {
        RedirectStandardOutput = true, RedirectStandardError = true,
    };

    /// <summary>A free port; Kafka's controller takes the one after it.</summary>
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
