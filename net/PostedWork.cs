namespace Teralog.Net;

/// <summary>Work for a loop; the owner is the connection that is blamed when it throws.</summary>
internal readonly record struct PostedWork(
    Connection? Owner, Action<object?> Work, object? State);
