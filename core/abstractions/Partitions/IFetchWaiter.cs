namespace Teralog.Abstractions;

/// <summary>Woken when a parked fetch has something to give.</summary>
public interface IFetchWaiter
{
    /// <summary>Called once, from any thread, often the appending one: must not block; a frontend
    /// posts to its own loop.</summary>
    void Wake();
}
