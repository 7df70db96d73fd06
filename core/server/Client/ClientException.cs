namespace Teralog.Server.Client;

/// <summary>What ends a client command: the message is one sentence for its user.</summary>
internal sealed class ClientException(string message, Exception? cause = null)
    : Exception(message, cause);
