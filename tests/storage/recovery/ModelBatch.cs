namespace Teralog.Storage.Tests.Recovery;

/// <summary>A batch of the model: where it stands and its bytes as stored.</summary>
internal sealed record ModelBatch(long BaseOffset, long NextOffset, byte[] Bytes);
