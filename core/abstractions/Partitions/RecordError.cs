namespace Teralog.Abstractions;

/// <summary>A record that made its batch be refused (KIP-467).</summary>
/// <param name="Index">Position in the batch, from 0.</param>
/// <param name="Message">A sentence for the user.</param>
public readonly record struct RecordError(int Index, string Message);
