namespace Teralog.Abstractions;

/// <summary>
/// A protocol frontend: takes connections, parses requests, asks <see cref="IBroker"/>, writes
/// answers. It owns its wire format; the broker knows none.
/// </summary>
public interface IFrontend
{
    /// <summary>Name in configuration and logs, for example <c>kafka</c>.</summary>
    string Name { get; }

    /// <summary>
    /// Opens the listeners. Called once on the start-up thread after recovery. An exception ends
    /// the start with the frontend's name and the exception's sentence.
    /// </summary>
    ValueTask StartAsync(IFrontendHost host, CancellationToken cancellationToken);

    /// <summary>Stops taking new work; the host drains the listeners afterwards.</summary>
    ValueTask StopAsync(CancellationToken cancellationToken);
}
