namespace Teralog.Net;

/// <summary>Stands in until, or because, a factory did not make a handler.</summary>
internal sealed class NoHandler : IConnectionHandler
{
    public static readonly NoHandler Instance = new();

    public void OnData(Connection connection, ref InputBuffer input) =>
        input.Consume(input.Length);

    public void OnClosed(Connection connection, CloseReason reason)
    {
        // Nobody is there to be told.
    }
}
