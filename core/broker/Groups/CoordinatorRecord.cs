namespace Teralog.Broker.Groups;

/// <summary>One record for the internal topic; a null value is a tombstone.</summary>
internal readonly record struct CoordinatorRecord(byte[] Key, byte[]? Value);
