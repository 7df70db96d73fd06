using System.Collections.Concurrent;

namespace Teralog.Net.Tests;

internal delegate void DataAction(Connection connection, ref InputBuffer input);

/// <summary>A handler made of functions; counts what a handler is promised once.</summary>
internal sealed class TestHandler(DataAction onData) : IConnectionHandler
{
    public Func<Connection, bool> InputEnded { get; init; } = _ => false;

    public Action<Connection, CloseReason> Closed { get; init; } = (_, _) => { };

    public ConcurrentQueue<CloseReason> Reasons { get; init; } = new();

    public int DataCalls { get; private set; }

    public void OnData(Connection connection, ref InputBuffer input)
    {
        Assert.True(connection.IsOnLoop);
        DataCalls++;
        onData(connection, ref input);
    }

    public bool OnInputEnded(Connection connection) => InputEnded(connection);

    public void OnClosed(Connection connection, CloseReason reason)
    {
        Reasons.Enqueue(reason);
        Closed(connection, reason);
    }

    /// <summary>Sends back what comes.</summary>
    public static void Echo(Connection connection, ref InputBuffer input)
    {
        var data = input.Data;
        data.CopyTo(connection.GetSpan(data.Length));
        connection.Advance(data.Length);
        input.Consume(data.Length);
        connection.Flush();
    }
}
