namespace Teralog.Storage;

/// <summary>What <see cref="LogLoader"/> made of a partition folder.</summary>
internal sealed record LoadedLog(
    Segment[] Segments,
    EpochHistory Epochs,
    ProducerTable Producers,
    long StartOffset,
    long EndOffset,
    long RecoveryPoint,
    LogRecoveryReport Report);
