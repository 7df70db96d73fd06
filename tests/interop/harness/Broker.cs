using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Teralog.Interop.Harness;

/// <summary>
/// One broker process with a data folder and a port of its own: Teralog as published, or real
/// Kafka where TERALOG_INTEROP_TARGET=kafka, which is how the tests themselves are tested.
/// </summary>
internal sealed partial class Broker : IAsyncDisposable
{
    private const int SignalTerminate = 15;
    private const int StopSecondsMax = 60;
    private readonly List<string> lines = [];
    private readonly Dictionary<string, string> settings;
    private readonly int port = FreePort();
    private Process? process;

    private Broker(Dictionary<string, string> settings) => this.settings = settings;

    public static bool IsKafka { get; } =
        Environment.GetEnvironmentVariable("TERALOG_INTEROP_TARGET") == "kafka";

    public string Address => $"127.0.0.1:{port}";

    public int Port => port;

    public string Folder { get; } = Directory.CreateTempSubdirectory("teralog-interop-").FullName;

    /// <summary>Where the partitions' folders are.</summary>
    public string LogFolder => Path.Combine(Folder, "data");

    /// <summary>All that the broker printed so far.</summary>
    public string Printed
    {
        get
        {
            lock (lines)
                return string.Join('\n', lines);
        }
    }

    public static async Task<Broker> StartAsync(params (string Key, string Value)[] settings)
    {
        var broker = new Broker(settings.ToDictionary(each => each.Key, each => each.Value));
        broker.settings.TryAdd("group.initial.rebalance.delay.ms", "0");
        await broker.StartAgainAsync();
        return broker;
    }

    /// <summary>Starts the process on the data that is there and waits until it answers.</summary>
    public async Task StartAgainAsync()
    {
        process = Process.Start(IsKafka ? KafkaInfo() : TeralogInfo())!;
        process.StandardInput.Close();
        process.OutputDataReceived += (_, printed) => Keep(printed.Data);
        process.ErrorDataReceived += (_, printed) => Keep(printed.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        await Wait.UntilAsync("the broker answers", async () =>
        {
            Assert.False(process.HasExited, $"The broker ended at its start:\n{Printed}");
            return await Handshake.AnswersAsync(port);
        }, seconds: 120);
    }

    /// <summary>Ends the process as a crash would: SIGKILL, no word before.</summary>
    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Asks the process to stop (SIGTERM) and returns its exit code.</summary>
    public async Task<int> StopAsync()
    {
        var signalled = Kill(process!.Id, SignalTerminate);
        Assert.Equal(0, signalled);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(StopSecondsMax));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"SIGTERM did not stop the broker within {StopSecondsMax} s:\n{Printed}");
        }
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is { HasExited: false })
            await KillAsync();
        process?.Dispose();
        if (Environment.GetEnvironmentVariable("TERALOG_KEEP") is { Length: > 0 })
            await File.WriteAllTextAsync(Path.Combine(Folder, "printed.txt"), Printed);
        else
            Directory.Delete(Folder, recursive: true);
    }

    private ProcessStartInfo TeralogInfo()
    {
        var file = Path.Combine(Folder, "server.properties");
        var given = settings.Select(each => $"{each.Key}={each.Value}");
        File.WriteAllLines(file,
            [$"listeners=PLAINTEXT://{Address}", $"log.dirs={LogFolder}", .. given]);
        return Command.Info(Published.Executable, "serve", "--config", file);
    }

    private ProcessStartInfo KafkaInfo()
    {
        var given = settings.Where(each => !each.Key.StartsWith("log.flush.mode"))
            .Select(each => $"{each.Key}={each.Value}");
        return Command.Info(Paths.Kafka!, ["serve", Folder, $"port={port}", .. given]);
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (lines)
            lines.Add(line);
    }

    /// <summary>A port that is free, and the one after it too: Kafka's controller takes
    /// that.</summary>
    private static int FreePort()
    {
        while (true)
        {
            using var first = new TcpListener(IPAddress.Loopback, 0);
            first.Start();
            var port = ((IPEndPoint)first.LocalEndpoint).Port;
            using var second = new TcpListener(IPAddress.Loopback, port + 1);
            try
            {
                second.Start();
                return port;
            }
            catch (SocketException)
            {
                continue;
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int processId, int signal);
}
