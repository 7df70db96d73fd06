namespace Teralog.Abstractions;

/// <summary>Producer ids for idempotent producers (KIP-98, KIP-360).</summary>
public interface IProducerIds
{
    /// <summary>A producer id that nobody ever had, epoch 0. Ids come from durable
    /// blocks.</summary>
    ValueTask<ProducerIdResult> InitAsync(CancellationToken cancellationToken);
}

/// <summary>A producer id with its epoch; -1 and -1 on error.</summary>
public readonly record struct ProducerIdResult(BrokerError Error, long ProducerId, short Epoch);
