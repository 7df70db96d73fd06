using System.Runtime.CompilerServices;

namespace Teralog.Storage;

/// <summary>Room for the batches of a producer that are remembered.</summary>
[InlineArray(Limits.ProducerBatchesMax)]
internal struct ProducerBatches
{
    private ProducerBatch _first;
}
