using Microsoft.Extensions.Logging;
using Teralog.Storage;

namespace Teralog.Broker;

/// <summary>
/// What is due by time, on one thread for all partitions: retention, checkpoints, flush.ms, and the
/// deadlines of acknowledgements. A job that is still waiting is not queued again.
/// </summary>
internal sealed class Upkeep : IDisposable
{
    private readonly TopicRegistry _topics;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly IReadOnlyList<LogDirectory> _directories;
    private readonly WorkQueue _queue = new("upkeep");
    private readonly List<ITimer> _timers = [];

    internal Upkeep(
        TopicRegistry topics, BrokerConfigs configs, IReadOnlyList<LogDirectory> directories,
        TimeProvider clock, ILogger logger)
    {
        (_topics, _directories, _clock, _logger) = (topics, directories, clock, logger);
        Every(configs.GetLong("log.retention.check.interval.ms"), EnforceRetention);
        Every(configs.GetLong("log.flush.offset.checkpoint.interval.ms"), WriteCheckpoints);
        Every(Limits.FlushCheckMs, FlushWhatIsDue);
        Every(Limits.AcknowledgementCheckMs, ExpireAcknowledgements);
    }

    public void Dispose()
    {
        foreach (ITimer timer in _timers)
            timer.Dispose();
        _queue.Dispose();
    }

    internal void EnforceRetention()
    {
        long nowMs = NowMs();
        ForEachPartition(partition =>
        {
            int deleted = partition.EnforceRetention(nowMs);
            if (deleted > 0)
            {
                _logger.LogInformation(
                    "Retention deleted {Count} segment(s) of {Topic}-{Partition}.", deleted,
                    partition.Topic, partition.Index);
            }
        });
    }

    internal void WriteCheckpoints()
    {
        foreach (LogDirectory directory in _directories)
        {
            if (!directory.HasFailed && !directory.WriteCheckpoints())
                _logger.LogError("The checkpoints of {Path} cannot be written.", directory.Path);
        }
    }

    private void FlushWhatIsDue()
    {
        long nowMs = NowMs();
        ForEachPartition(partition => partition.FlushIfDue(nowMs));
    }

    private void ExpireAcknowledgements()
    {
        long now = _clock.GetTimestamp();
        ForEachPartition(partition => partition.ExpireAcknowledgements(now));
    }

    private void ForEachPartition(Action<Partition> action)
    {
        foreach (TopicState topic in _topics.Snapshot.All)
        {
            foreach (Partition partition in topic.Partitions)
            {
                try
                {
                    action(partition);
                }
                catch (StorageException exception)
                {
                    _logger.LogError(
                        "Upkeep of {Topic}-{Partition} failed: {Reason}", partition.Topic,
                        partition.Index, exception.Message);
                }
            }
        }
    }

    private void Every(long periodMs, Action job)
    {
        int isQueued = 0;
        var period = TimeSpan.FromMilliseconds(Math.Clamp(periodMs, 1, int.MaxValue));
        _timers.Add(_clock.CreateTimer(
            _ =>
            {
                if (Interlocked.Exchange(ref isQueued, 1) == 0)
                    _queue.Post(() => RunOnce(job, ref isQueued));
            },
            state: null, period, period));
    }

    private static void RunOnce(Action job, ref int isQueued)
    {
        Volatile.Write(ref isQueued, 0);
        job();
    }

    private long NowMs() => _clock.GetUtcNow().ToUnixTimeMilliseconds();
}
