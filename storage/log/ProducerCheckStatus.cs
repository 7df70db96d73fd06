namespace Teralog.Storage;

/// <summary>What a partition says of the sequence of an idempotent batch (KIP-98).</summary>
public enum ProducerCheckStatus
{
    /// <summary>The next in sequence, or not idempotent.</summary>
    Ok = 0,

    /// <summary>One of the last five batches: answer with its offset, append nothing.</summary>
    Duplicate,

    /// <summary>A gap, or not among the last five [OUT_OF_ORDER_SEQUENCE_NUMBER].</summary>
    OutOfOrderSequence,

    /// <summary>An epoch below the producer's latest [INVALID_PRODUCER_EPOCH].</summary>
    InvalidProducerEpoch,
}
