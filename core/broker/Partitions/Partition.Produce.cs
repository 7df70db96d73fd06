using Teralog.Abstractions;
using Teralog.Records;
using Teralog.Storage;

namespace Teralog.Broker;

/// <summary>The way of a produce: all checks that need no lock, then the append under it.</summary>
internal sealed partial class Partition
{
    internal void Produce(
        Span<byte> batches, in ProduceOptions options, IProduceCompletion completion, long token)
    {
        TopicSettings settings = _settings;
        ProduceError error = Check(batches, options, settings, out long maxTimestampMs);
        if (error.Error != BrokerError.None)
        {
            completion.Complete(token, error.ToResult());
            return;
        }

        var batch = new BatchHeader(batches);
        if (settings.Compression is not { } codec || codec == batch.Compression)
        {
            AppendAndAnswer(batches, maxTimestampMs, options, completion, token);
            return;
        }

        using var rewritten = new PooledWriter();
        error = BatchRewriter.Recompress(batch, codec, settings, _services.Codecs, rewritten);
        if (error.Error != BrokerError.None)
            completion.Complete(token, error.ToResult());
        else
            AppendAndAnswer(rewritten.Written, maxTimestampMs, options, completion, token);
    }

    private ProduceError Check(
        ReadOnlySpan<byte> batches, in ProduceOptions options, TopicSettings settings,
        out long maxTimestampMs)
    {
        maxTimestampMs = BatchFormat.NoTimestamp;
        if (StateError != BrokerError.None)
            return new(StateError, null);
        if (options.Acks is not (RequiredAcks.None or RequiredAcks.Leader or RequiredAcks.All))
            return new(BrokerError.InvalidRequiredAcks, null);
        if (IsInternal && !options.IsInternalClient)
            return new(BrokerError.InvalidTopic, "Only the broker writes to an internal topic.");

        var rules = new BatchRules
        {
            MaxMessageBytes = settings.Log.MaxMessageBytes,
            TimestampType = settings.Log.TimestampType,
            NowMs = _services.Clock.GetUtcNow().ToUnixTimeMilliseconds(),
            TimestampBeforeMaxMs = settings.TimestampBeforeMaxMs,
            TimestampAfterMaxMs = settings.TimestampAfterMaxMs,
            AreKeysRequired = settings.IsCompacted,
        };
        BatchCheck check = BatchValidator.Check(batches, rules, out maxTimestampMs);
        if (check is not (BatchCheck.Ok or BatchCheck.MissingKey))
            return ProduceError.Of(check);

        var batch = new BatchHeader(batches);
        if (check == BatchCheck.MissingKey)
            return BatchRewriter.CheckKeys(batch, settings, _services.Codecs);
        if (batch.IsTransactional)
            return new(BrokerError.TransactionsUnavailable, "Transactions are not served.");

        return settings.IsCompacted && batch.Compression != CompressionType.None
            ? BatchRewriter.CheckKeys(batch, settings, _services.Codecs)
            : ProduceError.None;
    }

    private void AppendAndAnswer(
        Span<byte> batch, long maxTimestampMs, in ProduceOptions options,
        IProduceCompletion completion, long token)
    {
        bool isPending = false;
        ProduceResult result;
        lock (_writer)
        {
            result = Append(batch, maxTimestampMs, options, out long endOffset);
            bool waits = result.Error == BrokerError.None && options.Acks == RequiredAcks.All;
            if (waits)
            {
                // Queued before replication hears of it: a sync may be over before we go on.
                isPending = _pending.Add(new(
                    endOffset, DeadlineOf(options.TimeoutMs), completion, token, result));
                if (!isPending)
                    result = ProduceResult.Failed(BrokerError.TimedOut, "Too many requests wait.");
            }

            if (endOffset >= 0)
                NoteAppended(options.Acks);
        }

        if (!isPending)
            completion.Complete(token, result);
        Settle();
    }

    // The end offset is that after the batch in the log, -1 where it is not in it.
    private ProduceResult Append(
        Span<byte> bytes, long maxTimestampMs, in ProduceOptions options, out long endOffset)
    {
        endOffset = -1;
        if (StateError != BrokerError.None)
            return ProduceResult.Failed(StateError);
        if (_directory.HasFailed || _log.HasFailed)
            return ProduceResult.Failed(BrokerError.StorageFailed, ProduceError.StorageMessage);

        var batch = new BatchHeader(bytes);
        if (batch.HasProducerId)
        {
            ProducerCheck check = _log.CheckProducer(batch);
            if (check.Status == ProducerCheckStatus.Duplicate)
                return AnswerDuplicate(check, out endOffset);
            if (check.Status != ProducerCheckStatus.Ok)
                return ProduceError.Of(check.Status).ToResult();
        }

        LogAppendResult appended = _log.Append(bytes, new LogAppendOptions
        {
            Origin = options.IsInternalClient ? AppendOrigin.Coordinator : AppendOrigin.Client,
            LeaderEpoch = LeaderEpoch,
            ValidatedMaxTimestampMs = maxTimestampMs,
        });
        if (appended.Status != LogAppendStatus.Ok)
            return ProduceError.Of(appended.Status).ToResult();

        endOffset = appended.LastOffset + 1;
        return new(
            BrokerError.None, appended.FirstOffset, appended.LogAppendTimeMs,
            _log.LogStartOffset, Message: null);
    }

    // It is in the log already, but the first answer may never have come to be: wait as it did.
    private ProduceResult AnswerDuplicate(in ProducerCheck check, out long endOffset)
    {
        endOffset = check.LastOffset + 1;
        long appendTimeMs = _settings.Log.TimestampType == TimestampType.LogAppendTime
            ? check.TimestampMs
            : -1;
        return new(
            BrokerError.None, check.BaseOffset, appendTimeMs, _log.LogStartOffset, Message: null);
    }

    private void NoteAppended(RequiredAcks acks)
    {
        long endOffset = _log.LogEndOffset;
        _replica.OnAppended(endOffset, acks);
        if (endOffset - _log.RecoveryPoint >= _settings.FlushMessages)
            RequestSync();
    }

    private long DeadlineOf(int timeoutMs)
    {
        TimeProvider clock = _services.Clock;
        return clock.GetTimestamp()
            + (long)(Math.Max(0, timeoutMs) * (clock.TimestampFrequency / 1000.0));
    }
}
