using System.Diagnostics;
using Teralog.TestKit;

namespace Teralog.Storage.Tests.Vectors;

/// <summary>Kafka's own reader finds nothing wrong with what we write.</summary>
public sealed class DumpLogTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Kafka_reads_our_segments_indexes_and_snapshots(bool isClean)
    {
        string? tool = SharedFolder.Find("peers", "kafka", "kafka");
        if (tool is null)
            Assert.Skip("the Kafka tools are absent");

        using var folder = new TemporaryFolder();
        Write(folder.Combine("data"), isClean);
        if (!isClean)
            Reopen(folder.Combine("data"));

        string[] files = [.. Directory.GetFiles(folder.Combine("data", "topic-0")).Where(
            file => Path.GetFileName(file).StartsWith('0')).Order(StringComparer.Ordinal)];
        Assert.True(files.Length >= 12, string.Join(' ', files));
        var start = new ProcessStartInfo(tool,
            ["dump-log", "--deep-iteration", "--files", string.Join(',', files)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(
            TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(
            TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        if ((await errors).Contains("java", StringComparison.Ordinal) && output.Length == 0)
            Assert.Skip("Java is absent");

        Assert.Equal(0, process.ExitCode);
        Assert.Contains("baseOffset: 0 ", output, StringComparison.Ordinal);
        Assert.Contains("producerId: 9 ", output, StringComparison.Ordinal);
        foreach (string complaint in (string[])["isvalid: false", "Found timestamp mismatch",
            "Found out of order", "Mismatch", "mismatch", "Exception", "Non-consecutive",
            "corrupt", "invalid bytes"])
            Assert.DoesNotContain(complaint, output, StringComparison.Ordinal);
    }

    private static LogConfig Config() => new()
    {
        SegmentBytes = 20_000,
        IndexIntervalBytes = 1000,
        ProducerExpirationMs = long.MaxValue,
    };

    private static void Write(string path, bool isClean)
    {
        using LogDirectory directory = LogDirectory.Open(
            path, new LinuxFileSystem(), TimeProvider.System);
        Log log = directory.CreateLog("topic-0", Guid.NewGuid(), Config());
        Random random = Seeds.Next();
        for (int index = 0; index < 200; index++)
        {
            byte[] batch = index % 10 == 0
                ? Batches.Idempotent(9, 1, index / 10 * 3, 3, 5000 + index)
                : Batches.Plain(5000 + random.Next(index + 1), 1 + random.Next(5), 60);
            Assert.Equal(LogAppendStatus.Ok, log.Append(
                batch, new LogAppendOptions { LeaderEpoch = index / 50 }).Status);
        }

        Assert.Equal(isClean, directory.Close(isClean));
    }

    private static void Reopen(string path)
    {
        using LogDirectory directory = LogDirectory.Open(
            path, new LinuxFileSystem(), TimeProvider.System);
        Assert.True(directory.OpenLog("topic-0", Config()).Recovery.BytesScanned > 0);
        Assert.True(directory.Close(isClean: true));
    }
}
