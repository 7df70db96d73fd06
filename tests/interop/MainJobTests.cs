using System.Diagnostics;
using System.Globalization;
using System.Text;
using Confluent.Kafka;
using Teralog.Interop.Clients;
using Teralog.Interop.Harness;
using Teralog.Interop.MainJob;
using Teralog.TestKit;

namespace Teralog.Interop;

/// <summary>
/// The main job: a million log lines through kcat, kill -9 in the middle of a second million with
/// acks=all, restart, and every acknowledged line read back byte for byte by others.
/// TERALOG_JOB_LINES scales it.
/// </summary>
public sealed class MainJobTests
{
    private const ulong Seed = 20260401;
    private const string Topic = "job";
    private const int Partitions = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);
    private static readonly int Lines = int.Parse(
        Environment.GetEnvironmentVariable("TERALOG_JOB_LINES") ?? "1000000",
        CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_million_lines_a_crash_in_the_second_million_and_all_is_read_back()
    {
        Requires.Kcat();
        await using var broker = await Broker.StartAsync();
        await Librdkafka.CreateTopicAsync(broker.Address, Topic, Partitions);
        await TimedAsync("first lines through kcat", () => KcatAsync(broker));
        var acknowledged = new Acknowledged(Lines, Lines);
        await TimedAsync("second lines with a crash", () => CrashAsync(broker, acknowledged));

        var ends = EndOffsets(broker);
        Assert.True(ends.Sum() >= Lines + acknowledged.Total);
        var byGroup = new ReadBack(Seed, ends, 2L * Lines).Against(acknowledged, Lines);
        await TimedAsync("read by a group of two", () => GroupOfTwoAsync(broker, byGroup));
        byGroup.Verify();
        if (Paths.Kafka is null)
            return;
        var byJava = new ReadBack(Seed, ends, 2L * Lines).Against(acknowledged, Lines);
        await TimedAsync("read by the Java consumer", () => JavaAsync(broker, byJava));
        byJava.Verify();
        await TimedAsync("dump-log", () => DumpAsync(broker, ends.Sum()));
    }

    private static async Task KcatAsync(Broker broker)
    {
        var produced = await Command.RunAsync("kcat",
            ["-b", broker.Address, "-P", "-t", Topic, "-z", "lz4", "-X", "acks=all"],
            stream =>
            {
                LogLines.WriteTo(stream, Seed, 0, Lines);
                return Task.CompletedTask;
            }, null, Patience);
        Assert.Equal("", produced.Ok().Errors);
    }

    /// <summary>One idempotent producer lives through kill -9 and the restart after it.</summary>
    private static async Task CrashAsync(Broker broker, Acknowledged acknowledged)
    {
        using var producer = Librdkafka.Producer(broker.Address, config =>
        {
            config.EnableIdempotence = true;
            config.CompressionType = CompressionType.Lz4;
            config.QueueBufferingMaxMessages = 100_000;
        });
        var restarting = RestartAsync(broker, acknowledged);
        await ProduceAsync(producer, acknowledged);
        await restarting;
        Assert.Equal(0, producer.Flush(Patience));
        Assert.Null(acknowledged.Failure);
        Assert.Equal(Lines, acknowledged.Total);
    }

    private static async Task RestartAsync(Broker broker, Acknowledged acknowledged)
    {
        await Wait.UntilAsync("half is acknowledged", () => acknowledged.Total >= Lines / 2, 600);
        Assert.True(acknowledged.Total < Lines, "The crash came after the last line.");
        await broker.KillAsync();
        await broker.StartAgainAsync();
    }

    private static async Task ProduceAsync(
        IProducer<byte[]?, byte[]?> producer, Acknowledged acknowledged)
    {
        await Task.Yield();
        var buffer = new byte[LogLines.SizeMaxBytes];
        for (var sequence = (long)Lines; sequence < 2L * Lines;)
        {
            var line = buffer[..LogLines.Write(Seed, sequence, buffer)];
            var sent = sequence;
            try
            {
                producer.Produce(Topic, new() { Value = line },
                    report => acknowledged.Report(sent, report));
                sequence++;
            }
            catch (ProduceException<byte[]?, byte[]?> full)
                when (full.Error.Code == ErrorCode.Local_QueueFull)
            {
                await Wait.UntilAsync("room in the producer's queue", () =>
                    producer.Poll(TimeSpan.FromMilliseconds(50)) >= 0);
            }
        }
    }

    private static long[] EndOffsets(Broker broker)
    {
        using var consumer = Librdkafka.Consumer(broker.Address, "ends");
        return [.. Enumerable.Range(0, Partitions).Select(partition =>
            consumer.QueryWatermarkOffsets(new(Topic, partition), Librdkafka.Patience).High.Value)];
    }

    private static async Task GroupOfTwoAsync(Broker broker, ReadBack readBack)
    {
        var counts = await Task.WhenAll(
            MemberAsync(broker, readBack), MemberAsync(broker, readBack));
        Assert.All(counts, count => Assert.True(count > 0, "One of the two members read nothing."));
    }

    /// <summary>Commits what it read when it must give partitions up, so nothing comes
    /// twice.</summary>
    private static Task<int> MemberAsync(Broker broker, ReadBack readBack) =>
        Task.Factory.StartNew(() =>
        {
            using var member = Librdkafka.Consumer(broker.Address, "two", config =>
                config.EnableAutoCommit = true);
            member.Subscribe(Topic);
            var count = 0;
            var waited = Stopwatch.StartNew();
            while (!readBack.IsComplete && waited.Elapsed < Patience)
            {
                if (member.Consume(TimeSpan.FromMilliseconds(100)) is not { } read)
                    continue;
                readBack.Take(read.Partition.Value, read.Offset.Value, read.Message.Value);
                count++;
            }
            member.Close();
            return count;
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static async Task JavaAsync(Broker broker, ReadBack readBack)
    {
        Requires.Java();
        var consumed = await Command.RunAsync(Paths.Kafka!,
            ["consumer", "--bootstrap-server", broker.Address, "--topic", Topic,
             "--from-beginning", "--max-messages", $"{readBack.Expected}", "--timeout-ms", "60000",
             "--formatter-property", "print.partition=true",
             "--formatter-property", "print.offset=true"],
            null, output => TakeAllAsync(output, readBack), Patience);
        consumed.Ok();
    }

    /// <summary>Lines as the console consumer prints them: Partition:3, Offset:17, the
    /// value.</summary>
    private static async Task TakeAllAsync(Stream output, ReadBack readBack)
    {
        using var reader = new StreamReader(output, Encoding.UTF8, false, 1 << 20);
        while (await reader.ReadLineAsync() is { } line)
        {
            var fields = line.Split('\t', 3);
            Assert.True(fields.Length == 3, line);
            readBack.Take(int.Parse(fields[0].AsSpan("Partition:".Length)),
                long.Parse(fields[1].AsSpan("Offset:".Length)), Encoding.UTF8.GetBytes(fields[2]));
        }
    }

    private static async Task DumpAsync(Broker broker, long recordsExpected)
    {
        Assert.Equal(Broker.IsKafka ? 143 : 0, await broker.StopAsync());
        var (complaints, files, records) = await LogFolder.DumpAsync(broker.LogFolder, Topic);
        Assert.True(complaints.Count == 0, string.Join('\n', complaints.Take(20)));
        Assert.True(files >= Partitions * 3, $"dump-log was given {files} files.");
        Assert.Equal(recordsExpected, records);
    }

    private static async Task TimedAsync(string what, Func<Task> work)
    {
        var clock = Stopwatch.StartNew();
        await work();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{what}: {clock.Elapsed.TotalSeconds:F1} s");
    }
}
