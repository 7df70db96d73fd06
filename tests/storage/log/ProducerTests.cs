using Teralog.Records;
using Teralog.Storage.Tests.Recovery;

namespace Teralog.Storage.Tests.Logs;

/// <summary>Idempotence (KIP-98): five batches are remembered, the rest is a sequence.</summary>
public sealed class ProducerTests
{
    private readonly SimulatedLog _subject = new(1);

    [Fact]
    public void An_unknown_producer_may_start_at_any_sequence() =>
        Assert.Equal(ProducerCheckStatus.Ok, Check(0, 77).Status);

    [Fact]
    public void The_last_five_batches_are_duplicates_with_their_first_offset()
    {
        for (int index = 0; index < 7; index++)
            Append(0, index * 2, 2);

        for (int index = 2; index < 7; index++)
        {
            Assert.Equal(new ProducerCheck(ProducerCheckStatus.Duplicate,
                index * 2, (index * 2) + 1, 1001), Check(0, index * 2, 2));
        }

        Assert.Equal(ProducerCheckStatus.OutOfOrderSequence, Check(0, 2, 2).Status);
        Assert.Equal(ProducerCheckStatus.OutOfOrderSequence, Check(0, 16, 2).Status);
        Assert.Equal(ProducerCheckStatus.OutOfOrderSequence, Check(0, 12, 1).Status);
        Assert.Equal(ProducerCheckStatus.Ok, Check(0, 14, 2).Status);
    }

    [Fact]
    public void A_new_epoch_starts_at_zero_and_an_old_one_is_fenced()
    {
        Append(3, 0);
        Assert.Equal(ProducerCheckStatus.InvalidProducerEpoch, Check(2, 1).Status);
        Assert.Equal(ProducerCheckStatus.OutOfOrderSequence, Check(4, 1).Status);
        Assert.Equal(ProducerCheckStatus.Ok, Check(4, 0).Status);
        Append(4, 0);
        Assert.Equal(ProducerCheckStatus.InvalidProducerEpoch, Check(3, 1).Status);
    }

    [Fact]
    public void Sequences_wrap_after_the_largest()
    {
        Append(0, int.MaxValue - 1, 3);
        Assert.Equal(ProducerCheckStatus.Duplicate, Check(0, int.MaxValue - 1, 3).Status);
        Assert.Equal(ProducerCheckStatus.Ok, Check(0, 1).Status);
        _subject.Kill();
        Assert.Equal(ProducerCheckStatus.Duplicate, Check(0, int.MaxValue - 1, 3).Status);
        Append(0, 1, int.MaxValue > 1 ? 1 : 0);
        var exact = new SimulatedLog(2);
        exact.Append(Batches.Idempotent(1, 0, int.MaxValue, 1));
        Assert.Equal(ProducerCheckStatus.Ok, exact.Log.CheckProducer(
            new BatchHeader(Batches.Idempotent(1, 0, 0))).Status);
    }

    [Fact]
    public void A_transaction_holds_the_last_stable_offset_until_its_marker()
    {
        _subject.Append(Batches.Plain(1));
        var options = new BatchBuilderOptions
        {
            ProducerId = 5,
            ProducerEpoch = 0,
            BaseSequence = 0,
            IsTransactional = true,
        };
        _subject.Append(Batches.Make(1000, 2, 10, options));
        _subject.Append(Batches.Plain(2));
        Assert.Equal((1L, 4L), (_subject.Log.LastStableOffset, _subject.Log.LogEndOffset));
        _subject.Kill();
        Assert.Equal(1, _subject.Log.LastStableOffset);
        _subject.Append(BatchBuilder.BuildMarker(options, isCommit: true, 3, 1005));
        Assert.Equal(5, _subject.Log.LastStableOffset);
        _subject.CloseAndReopen();
        Assert.Equal(5, _subject.Log.LastStableOffset);
    }

    [Fact]
    public void Producers_expire_by_the_time_of_their_records()
    {
        _subject.Log.UpdateConfig(SimulatedLog.Small with { ProducerExpirationMs = 1000 });
        Append(0, 0);
        _subject.Log.EnforceRetention(1999);
        Assert.Equal(ProducerCheckStatus.OutOfOrderSequence, Check(0, 9).Status);
        _subject.Log.EnforceRetention(2000);
        Assert.Equal(ProducerCheckStatus.Ok, Check(0, 9).Status);
    }

    private void Append(short epoch, int sequence, int count = 1) =>
        Assert.Equal(LogAppendStatus.Ok,
            _subject.Append(Batches.Idempotent(1, epoch, sequence, count)).Status);

    private ProducerCheck Check(short epoch, int sequence, int count = 1) =>
        _subject.Log.CheckProducer(
            new BatchHeader(Batches.Idempotent(1, epoch, sequence, count)));
}
